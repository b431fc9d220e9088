CREATE TABLE "search_posts" (
	"post_id" text PRIMARY KEY REFERENCES "posts"("id") ON DELETE cascade,
	"board" text NOT NULL,
	"at" bigint NOT NULL,
	"rules" integer NOT NULL,
	"title" tsvector NOT NULL,
	"words" tsvector NOT NULL
);
--> statement-breakpoint
CREATE INDEX "search_posts_words" ON "search_posts" USING gin ("words") WITH (fastupdate = off);
