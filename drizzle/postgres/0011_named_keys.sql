CREATE TABLE "named_keys" (
	"id" text PRIMARY KEY NOT NULL
);
