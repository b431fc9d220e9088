-- The vector also knows the words of the title, the board and the time: see search.postgres.ts. The posts are put in again by catching up.
DROP TABLE "search_posts";
--> statement-breakpoint
CREATE TABLE "search_posts" (
	"post_id" text PRIMARY KEY REFERENCES "posts"("id") ON DELETE cascade,
	"at" bigint NOT NULL,
	"rules" integer NOT NULL,
	"words" tsvector NOT NULL
);
--> statement-breakpoint
CREATE INDEX "search_posts_words" ON "search_posts" USING gin ("words") WITH (fastupdate = off);
--> statement-breakpoint
CREATE INDEX "search_posts_at" ON "search_posts" ("at");
