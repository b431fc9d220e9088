CREATE TABLE "erased_names" (
	"tag" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "erasings" (
	"id" text PRIMARY KEY NOT NULL,
	"asked_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kept_evidence" (
	"report_id" text PRIMARY KEY NOT NULL,
	"note" boolean NOT NULL,
	"snapshot" boolean NOT NULL
);
--> statement-breakpoint
ALTER TABLE "celebrations" DROP CONSTRAINT "celebrations_member_id_members_id_fk";
--> statement-breakpoint
ALTER TABLE "cheers" DROP CONSTRAINT "cheers_member_id_members_id_fk";
--> statement-breakpoint
ALTER TABLE "celebrations" ALTER COLUMN "member_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "cheers" ALTER COLUMN "member_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "decisions" ALTER COLUMN "moderator_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "encouragements" ALTER COLUMN "member_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ALTER COLUMN "reporter_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "tombstone" text;--> statement-breakpoint
ALTER TABLE "kept_evidence" ADD CONSTRAINT "kept_evidence_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "erasings_asked" ON "erasings" USING btree ("asked_at");--> statement-breakpoint
ALTER TABLE "celebrations" ADD CONSTRAINT "celebrations_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cheers" ADD CONSTRAINT "cheers_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_events_actor" ON "case_events" USING btree ("actor_id");--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_tombstone_unique" UNIQUE("tombstone");