-- A post's number now rises with its time, the words of titles stand there once more with a mark, and beginnings of four to six letters have an index of their own. Posts of a crowded second stay out: catching up puts them in.
DROP TRIGGER `search_posts_added`;
--> statement-breakpoint
DROP TRIGGER `search_posts_dropped`;
--> statement-breakpoint
DROP TRIGGER `search_posts_replaced`;
--> statement-breakpoint
DROP TABLE `search_words`;
--> statement-breakpoint
ALTER TABLE `search_posts` RENAME TO `search_posts_before`;
--> statement-breakpoint
CREATE TABLE `search_posts` (
	`number` integer PRIMARY KEY NOT NULL,
	`post_id` text NOT NULL UNIQUE REFERENCES `posts`(`id`) ON DELETE cascade,
	`board` text NOT NULL,
	`at` integer NOT NULL,
	`rules` integer NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
INSERT INTO `search_posts` (`number`, `post_id`, `board`, `at`, `rules`, `title`, `body`)
	SELECT `at` / 1000 * 64 + `slot`, `post_id`, `board`, `at`, `rules`, CASE WHEN `title` = '' THEN '' ELSE `title` || replace(' ' || `title`, ' ', ' __') END, `body`
	FROM (SELECT *, row_number() OVER (PARTITION BY `at` / 1000 ORDER BY `at`, `post_id`) - 1 AS `slot` FROM `search_posts_before`) WHERE `slot` < 64;
--> statement-breakpoint
DROP TABLE `search_posts_before`;
--> statement-breakpoint
CREATE VIRTUAL TABLE `search_words` USING fts5(`title`, `body`, `board`, content='search_posts', content_rowid='number', detail='column', columnsize=0, prefix='3 4 5 6 15', tokenize="ascii tokenchars '_'");
--> statement-breakpoint
INSERT INTO `search_words`(`search_words`, `rank`) VALUES('secure-delete', 1);
--> statement-breakpoint
INSERT INTO `search_words`(`search_words`) VALUES('rebuild');
--> statement-breakpoint
CREATE TRIGGER `search_posts_added` AFTER INSERT ON `search_posts` BEGIN INSERT INTO `search_words`(`rowid`, `title`, `body`, `board`) VALUES(new.`number`, new.`title`, new.`body`, new.`board`); END;
--> statement-breakpoint
CREATE TRIGGER `search_posts_dropped` AFTER DELETE ON `search_posts` BEGIN INSERT INTO `search_words`(`search_words`, `rowid`, `title`, `body`, `board`) VALUES('delete', old.`number`, old.`title`, old.`body`, old.`board`); END;
--> statement-breakpoint
CREATE TRIGGER `search_posts_replaced` BEFORE UPDATE ON `search_posts` BEGIN SELECT RAISE(ABORT, 'search_posts is dropped and put, never updated'); END;
