CREATE TABLE `turned_away` (
	`id` text PRIMARY KEY NOT NULL,
	`actor_id` text,
	`number` integer NOT NULL,
	`since` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `turned_away_actor` ON `turned_away` (`actor_id`);--> statement-breakpoint
CREATE INDEX `turned_away_at` ON `turned_away` (`at`);