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
CREATE VIRTUAL TABLE `search_words` USING fts5(`title`, `body`, `board`, content='search_posts', content_rowid='number', detail='column', columnsize=0, prefix='3 15', tokenize="ascii tokenchars '_'");
--> statement-breakpoint
INSERT INTO `search_words`(`search_words`, `rank`) VALUES('secure-delete', 1);
--> statement-breakpoint
CREATE TRIGGER `search_posts_added` AFTER INSERT ON `search_posts` BEGIN INSERT INTO `search_words`(`rowid`, `title`, `body`, `board`) VALUES(new.`number`, new.`title`, new.`body`, new.`board`); END;
--> statement-breakpoint
CREATE TRIGGER `search_posts_dropped` AFTER DELETE ON `search_posts` BEGIN INSERT INTO `search_words`(`search_words`, `rowid`, `title`, `body`, `board`) VALUES('delete', old.`number`, old.`title`, old.`body`, old.`board`); END;
--> statement-breakpoint
CREATE TRIGGER `search_posts_replaced` BEFORE UPDATE ON `search_posts` BEGIN SELECT RAISE(ABORT, 'search_posts is dropped and put, never updated'); END;
