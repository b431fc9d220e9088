DROP INDEX "encouragements_member";--> statement-breakpoint
CREATE INDEX "encouragements_member" ON "encouragements" USING btree ("member_id","post_id","kind");