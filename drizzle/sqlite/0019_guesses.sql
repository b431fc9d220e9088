CREATE TABLE `guesses` (
	`mark` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `guesses_age` ON `guesses` (`at`);