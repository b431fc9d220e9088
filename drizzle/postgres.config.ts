import { defineConfig } from 'drizzle-kit';

export default defineConfig({
	dialect: 'postgresql',
	schema: 'src/server/store/schema.postgres.ts',
	out: 'drizzle/postgres',
	casing: 'snake_case'
});
