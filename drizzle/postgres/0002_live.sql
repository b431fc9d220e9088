CREATE TABLE "bookmarks" (
	"id" text PRIMARY KEY NOT NULL,
	"member_id" text NOT NULL,
	"post_id" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "celebrations" (
	"id" text PRIMARY KEY NOT NULL,
	"member_id" text NOT NULL,
	"milestone" text NOT NULL,
	"words" text NOT NULL,
	"state" text NOT NULL,
	"made_at" bigint NOT NULL,
	"share_at" bigint NOT NULL,
	"cheers" integer DEFAULT 0 NOT NULL,
	"key" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cheers" (
	"id" text PRIMARY KEY NOT NULL,
	"celebration_id" text NOT NULL,
	"member_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"id" text PRIMARY KEY NOT NULL,
	"member_id" text NOT NULL,
	"place" text NOT NULL,
	"board_id" text,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"warnings" jsonb NOT NULL,
	"kept_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "follows" (
	"id" text PRIMARY KEY NOT NULL,
	"member_id" text NOT NULL,
	"kind" text NOT NULL,
	"target" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "journey_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"journey_id" text NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"on" text NOT NULL,
	"words" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "journeys" (
	"id" text PRIMARY KEY NOT NULL,
	"member_id" text NOT NULL,
	"kind" text NOT NULL,
	"words" text NOT NULL,
	"started_on" text NOT NULL,
	"zone" text NOT NULL,
	"day_ends" integer NOT NULL,
	"first_day" integer NOT NULL,
	"counter_off" boolean DEFAULT false NOT NULL,
	"begun_at" bigint NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "journeys_memberId_unique" UNIQUE("member_id")
);
--> statement-breakpoint
CREATE TABLE "medals" (
	"id" text PRIMARY KEY NOT NULL,
	"journey_id" text NOT NULL,
	"milestone" text NOT NULL,
	"reached_on" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stream" (
	"number" integer PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"audience" text NOT NULL,
	"data" jsonb NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "thread_reads" (
	"member_id" text NOT NULL,
	"thread_id" text NOT NULL,
	"read_at" bigint NOT NULL,
	"before" bigint
);
--> statement-breakpoint
ALTER TABLE "bookmarks" ADD CONSTRAINT "bookmarks_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookmarks" ADD CONSTRAINT "bookmarks_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "celebrations" ADD CONSTRAINT "celebrations_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cheers" ADD CONSTRAINT "cheers_celebration_id_celebrations_id_fk" FOREIGN KEY ("celebration_id") REFERENCES "public"."celebrations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cheers" ADD CONSTRAINT "cheers_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follows" ADD CONSTRAINT "follows_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journey_entries" ADD CONSTRAINT "journey_entries_journey_id_journeys_id_fk" FOREIGN KEY ("journey_id") REFERENCES "public"."journeys"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journeys" ADD CONSTRAINT "journeys_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "medals" ADD CONSTRAINT "medals_journey_id_journeys_id_fk" FOREIGN KEY ("journey_id") REFERENCES "public"."journeys"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_reads" ADD CONSTRAINT "thread_reads_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_reads" ADD CONSTRAINT "thread_reads_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bookmarks_once" ON "bookmarks" USING btree ("member_id","post_id");--> statement-breakpoint
CREATE INDEX "bookmarks_member" ON "bookmarks" USING btree ("member_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "celebrations_key" ON "celebrations" USING btree ("member_id","key");--> statement-breakpoint
CREATE INDEX "celebrations_due" ON "celebrations" USING btree ("state","share_at","id");--> statement-breakpoint
CREATE INDEX "celebrations_member" ON "celebrations" USING btree ("member_id","made_at");--> statement-breakpoint
CREATE UNIQUE INDEX "cheers_once" ON "cheers" USING btree ("celebration_id","member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "drafts_place" ON "drafts" USING btree ("member_id","place");--> statement-breakpoint
CREATE INDEX "drafts_member" ON "drafts" USING btree ("member_id","kept_at");--> statement-breakpoint
CREATE UNIQUE INDEX "follows_once" ON "follows" USING btree ("member_id","kind","target");--> statement-breakpoint
CREATE INDEX "follows_target" ON "follows" USING btree ("kind","target");--> statement-breakpoint
CREATE UNIQUE INDEX "journey_entries_order" ON "journey_entries" USING btree ("journey_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "medals_once" ON "medals" USING btree ("journey_id","milestone");--> statement-breakpoint
CREATE INDEX "stream_age" ON "stream" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "thread_reads_once" ON "thread_reads" USING btree ("member_id","thread_id");--> statement-breakpoint
CREATE INDEX "notices_unread" ON "notices" USING btree ("member_id","post_id") WHERE "notices"."read_at" is null;--> statement-breakpoint
CREATE INDEX "notices_post" ON "notices" USING btree ("post_id","kind");--> statement-breakpoint
CREATE INDEX "posts_locked" ON "posts" USING btree ("thread_id","locked","place");