DROP INDEX "posts_locked";--> statement-breakpoint
DROP INDEX "posts_opening";--> statement-breakpoint
DROP INDEX "bookmarks_member";--> statement-breakpoint
DROP INDEX "cases_queue";--> statement-breakpoint
CREATE INDEX "bookmarks_post" ON "bookmarks" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "cases_claimed" ON "cases" USING btree ("claimed_by");--> statement-breakpoint
CREATE INDEX "cases_escalated" ON "cases" USING btree ("escalated_by");--> statement-breakpoint
CREATE INDEX "cheers_member" ON "cheers" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "decisions_moderator" ON "decisions" USING btree ("moderator_id");--> statement-breakpoint
CREATE INDEX "encouragements_member" ON "encouragements" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "notices_waiting" ON "notices" USING btree ("post_id","kind") WHERE "notices"."read_at" is null;--> statement-breakpoint
CREATE INDEX "posts_depth" ON "posts" USING btree ("thread_id","depth","place");--> statement-breakpoint
CREATE INDEX "posts_closed" ON "posts" USING btree ("thread_id","place") WHERE "posts"."locked";--> statement-breakpoint
CREATE INDEX "posts_state" ON "posts" USING btree ("thread_id","state","posted_at");--> statement-breakpoint
CREATE INDEX "reports_post" ON "reports" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "sanctions_decision" ON "sanctions" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "sessions_end" ON "sessions" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "thread_reads_thread" ON "thread_reads" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "threads_newest" ON "threads" USING btree ("listed","opened_at","id");--> statement-breakpoint
CREATE INDEX "bookmarks_member" ON "bookmarks" USING btree ("member_id","at","id");--> statement-breakpoint
CREATE INDEX "cases_queue" ON "cases" USING btree ("priority","due_at","id") WHERE "cases"."state" <> 'closed';