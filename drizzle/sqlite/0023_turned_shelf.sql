ALTER TABLE `sealed_rows` ADD `turned_on` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `sealed_rows_turned` ON `sealed_rows` (`turned_on`,`tag`);