CREATE INDEX "notices_age" ON "notices" USING btree ("read_at","at");--> statement-breakpoint
CREATE INDEX "post_revisions_age" ON "post_revisions" USING btree ("replaced_at");--> statement-breakpoint
CREATE INDEX "thread_reads_age" ON "thread_reads" USING btree ("read_at");