ALTER TABLE "unmaskings" ADD COLUMN "actor_id" text;--> statement-breakpoint
CREATE INDEX "unmaskings_actor" ON "unmaskings" USING btree ("actor_id");--> statement-breakpoint
ALTER TABLE "unmaskings" DROP COLUMN "moderator_id";