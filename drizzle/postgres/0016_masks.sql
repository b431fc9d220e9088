CREATE TABLE "unmaskings" (
	"id" text PRIMARY KEY NOT NULL,
	"case_id" text NOT NULL,
	"step" text NOT NULL,
	"moderator_id" text NOT NULL,
	"asked_id" text,
	"reason" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "unmaskings_askedId_unique" UNIQUE("asked_id")
);
--> statement-breakpoint
CREATE TABLE "waiting_masks" (
	"id" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"show_at" bigint
);
--> statement-breakpoint
ALTER TABLE "notices" ALTER COLUMN "member_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "for_post" text;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "alias" text;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "mask_tag" text;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "sealed_author" text;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "mask_key" text;--> statement-breakpoint
CREATE INDEX "unmaskings_case" ON "unmaskings" USING btree ("case_id","at");--> statement-breakpoint
CREATE INDEX "waiting_masks_due" ON "waiting_masks" USING btree ("show_at");--> statement-breakpoint
CREATE INDEX "notices_for" ON "notices" USING btree ("for_post","at") WHERE "notices"."for_post" is not null;--> statement-breakpoint
CREATE INDEX "posts_mask" ON "posts" USING btree ("mask_tag") WHERE "posts"."mask_tag" is not null;