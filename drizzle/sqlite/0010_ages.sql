CREATE INDEX `notices_age` ON `notices` (`read_at`,`at`);--> statement-breakpoint
CREATE INDEX `post_revisions_age` ON `post_revisions` (`replaced_at`);--> statement-breakpoint
CREATE INDEX `thread_reads_age` ON `thread_reads` (`read_at`);