CREATE TABLE "boards" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"section" text NOT NULL,
	"title" text NOT NULL,
	"charter" jsonb NOT NULL,
	"warnings" jsonb NOT NULL,
	"members_only" boolean NOT NULL,
	"distress" boolean NOT NULL,
	"titles_public" boolean NOT NULL,
	"position" integer NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "boards_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "case_events" (
	"id" text PRIMARY KEY NOT NULL,
	"case_id" text NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"actor_id" text,
	"detail" jsonb NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"post_id" text NOT NULL,
	"board_id" text NOT NULL,
	"priority" integer NOT NULL,
	"score" integer DEFAULT 0 NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"outcome" text,
	"version" integer DEFAULT 1 NOT NULL,
	"claimed_by" text,
	"claim_expires_at" bigint,
	"escalated_by" text,
	"opened_at" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"closed_at" bigint,
	"reopened" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"case_id" text NOT NULL,
	"moderator_id" text NOT NULL,
	"post_action" text NOT NULL,
	"author_action" text NOT NULL,
	"rule" text NOT NULL,
	"reason" text NOT NULL,
	"private_reason" text NOT NULL,
	"duration" text,
	"warnings" jsonb NOT NULL,
	"decided_at" bigint NOT NULL,
	"apply_at" bigint NOT NULL,
	"settled" text DEFAULT 'waiting' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "encouragements" (
	"id" text PRIMARY KEY NOT NULL,
	"post_id" text NOT NULL,
	"member_id" text NOT NULL,
	"kind" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kept_forms" (
	"id" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "members" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_folded" text NOT NULL,
	"passphrase_hash" text NOT NULL,
	"role" text DEFAULT 'member' NOT NULL,
	"joined_at" bigint NOT NULL,
	"agreement_version" integer NOT NULL,
	"country" text,
	"hard_day" boolean DEFAULT false NOT NULL,
	"warning_choices" jsonb NOT NULL,
	"trust" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "members_nameFolded_unique" UNIQUE("name_folded")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" text PRIMARY KEY NOT NULL,
	"member_id" text NOT NULL,
	"kind" text NOT NULL,
	"post_id" text,
	"detail" jsonb NOT NULL,
	"at" bigint NOT NULL,
	"read_at" bigint
);
--> statement-breakpoint
CREATE TABLE "offered_names" (
	"name_folded" text PRIMARY KEY NOT NULL,
	"offer" text NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "post_revisions" (
	"id" text PRIMARY KEY NOT NULL,
	"post_id" text NOT NULL,
	"version" integer NOT NULL,
	"title" text,
	"body" text NOT NULL,
	"warnings" jsonb NOT NULL,
	"replaced_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "posts" (
	"id" text PRIMARY KEY NOT NULL,
	"thread_id" text NOT NULL,
	"parent_id" text,
	"author_id" text,
	"place" text collate "C" NOT NULL,
	"depth" integer NOT NULL,
	"body" text NOT NULL,
	"html" text NOT NULL,
	"warnings" jsonb NOT NULL,
	"posted_at" bigint NOT NULL,
	"edited_at" bigint,
	"version" integer DEFAULT 1 NOT NULL,
	"state" text DEFAULT 'standing' NOT NULL,
	"folded" text,
	"locked" boolean DEFAULT false NOT NULL,
	"encouraged" jsonb NOT NULL,
	"key" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" text PRIMARY KEY NOT NULL,
	"case_id" text NOT NULL,
	"post_id" text NOT NULL,
	"reporter_id" text NOT NULL,
	"reason" text NOT NULL,
	"note" text NOT NULL,
	"suggested" jsonb NOT NULL,
	"post_version" integer NOT NULL,
	"snapshot" jsonb NOT NULL,
	"weight" integer NOT NULL,
	"trusted" boolean NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"reported_at" bigint NOT NULL,
	"settled_at" bigint
);
--> statement-breakpoint
CREATE TABLE "sanctions" (
	"id" text PRIMARY KEY NOT NULL,
	"member_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"kind" text NOT NULL,
	"board_id" text,
	"rule" text NOT NULL,
	"reason" text NOT NULL,
	"from" bigint NOT NULL,
	"until" bigint
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"member_id" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"started_on" text NOT NULL,
	"seen_on" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "threads" (
	"id" text PRIMARY KEY NOT NULL,
	"board_id" text NOT NULL,
	"author_id" text,
	"opening_id" text NOT NULL,
	"title" text NOT NULL,
	"excerpt" text NOT NULL,
	"opened_at" bigint NOT NULL,
	"active_at" bigint NOT NULL,
	"answers" integer DEFAULT 0 NOT NULL,
	"answered" integer DEFAULT 0 NOT NULL,
	"listed" boolean DEFAULT true NOT NULL,
	"locked" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "case_events" ADD CONSTRAINT "case_events_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_claimed_by_members_id_fk" FOREIGN KEY ("claimed_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_escalated_by_members_id_fk" FOREIGN KEY ("escalated_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_moderator_id_members_id_fk" FOREIGN KEY ("moderator_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "encouragements" ADD CONSTRAINT "encouragements_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "encouragements" ADD CONSTRAINT "encouragements_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_revisions" ADD CONSTRAINT "post_revisions_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_author_id_members_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_reporter_id_members_id_fk" FOREIGN KEY ("reporter_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_author_id_members_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "boards_position" ON "boards" USING btree ("position");--> statement-breakpoint
CREATE UNIQUE INDEX "case_events_order" ON "case_events" USING btree ("case_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_one_open" ON "cases" USING btree ("post_id") WHERE "cases"."state" <> 'closed';--> statement-breakpoint
CREATE INDEX "cases_queue" ON "cases" USING btree ("state","priority","due_at","id");--> statement-breakpoint
CREATE INDEX "cases_post" ON "cases" USING btree ("post_id","opened_at");--> statement-breakpoint
CREATE INDEX "decisions_waiting" ON "decisions" USING btree ("settled","apply_at");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_one_waiting" ON "decisions" USING btree ("case_id") WHERE "decisions"."settled" = 'waiting';--> statement-breakpoint
CREATE INDEX "decisions_case" ON "decisions" USING btree ("case_id","decided_at");--> statement-breakpoint
CREATE UNIQUE INDEX "encouragements_once" ON "encouragements" USING btree ("post_id","member_id","kind");--> statement-breakpoint
CREATE INDEX "kept_forms_expiry" ON "kept_forms" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "notices_member" ON "notices" USING btree ("member_id","at","id");--> statement-breakpoint
CREATE INDEX "offered_names_offer" ON "offered_names" USING btree ("offer");--> statement-breakpoint
CREATE INDEX "offered_names_expiry" ON "offered_names" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "post_revisions_version" ON "post_revisions" USING btree ("post_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "posts_place" ON "posts" USING btree ("thread_id","place");--> statement-breakpoint
CREATE UNIQUE INDEX "posts_key" ON "posts" USING btree ("author_id","key");--> statement-breakpoint
CREATE INDEX "posts_author" ON "posts" USING btree ("author_id","posted_at");--> statement-breakpoint
CREATE INDEX "posts_opening" ON "posts" USING btree ("thread_id") WHERE "posts"."parent_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "reports_one_open" ON "reports" USING btree ("reporter_id","post_id") WHERE "reports"."status" = 'open';--> statement-breakpoint
CREATE INDEX "reports_case" ON "reports" USING btree ("case_id","reported_at");--> statement-breakpoint
CREATE INDEX "reports_reporter" ON "reports" USING btree ("reporter_id","reported_at");--> statement-breakpoint
CREATE INDEX "sanctions_member" ON "sanctions" USING btree ("member_id","until");--> statement-breakpoint
CREATE INDEX "sessions_member" ON "sessions" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "threads_unanswered" ON "threads" USING btree ("board_id","listed","answered","active_at","id");--> statement-breakpoint
CREATE INDEX "threads_active" ON "threads" USING btree ("board_id","listed","active_at","id");--> statement-breakpoint
CREATE INDEX "threads_new" ON "threads" USING btree ("board_id","listed","opened_at","id");--> statement-breakpoint
CREATE INDEX "threads_everywhere" ON "threads" USING btree ("listed","answered","active_at","id");--> statement-breakpoint
CREATE INDEX "threads_author" ON "threads" USING btree ("author_id","opened_at");