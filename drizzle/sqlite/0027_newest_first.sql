-- The index is walked from the newest on by rising numbers, knows no columns, marks words of stories (_o) and boards (_p), and has the beginnings of longer words.
DROP TRIGGER `search_posts_added`;
--> statement-breakpoint
DROP TRIGGER `search_posts_dropped`;
--> statement-breakpoint
DROP TABLE `search_words`;
--> statement-breakpoint
CREATE VIEW `search_texts` AS SELECT -`number` AS `number`, `title` || ' ' || `body` || ' _p' || `board` || CASE WHEN `title` = '' THEN '' ELSE replace(' ' || substr(`title`, 1, instr(`title`, ' __')) || `body`, ' ', ' _o') END AS `words` FROM `search_posts`;
--> statement-breakpoint
CREATE VIRTUAL TABLE `search_words` USING fts5(`words`, content='search_texts', content_rowid='number', detail='none', columnsize=0, prefix='3 4 5 6 7 8 9 10 11 12 15 20 25 30', tokenize="ascii tokenchars '_'");
--> statement-breakpoint
INSERT INTO `search_words`(`search_words`, `rank`) VALUES('secure-delete', 1), ('usermerge', 2), ('hashsize', 16777216);
--> statement-breakpoint
INSERT INTO `search_words`(`search_words`) VALUES('rebuild');
--> statement-breakpoint
INSERT INTO `search_words`(`search_words`, `rank`) VALUES('hashsize', 1048576);
--> statement-breakpoint
CREATE TRIGGER `search_posts_added` AFTER INSERT ON `search_posts` BEGIN INSERT INTO `search_words`(`rowid`, `words`) VALUES(-new.`number`, new.`title` || ' ' || new.`body` || ' _p' || new.`board` || CASE WHEN new.`title` = '' THEN '' ELSE replace(' ' || substr(new.`title`, 1, instr(new.`title`, ' __')) || new.`body`, ' ', ' _o') END); END;
--> statement-breakpoint
CREATE TRIGGER `search_posts_dropped` AFTER DELETE ON `search_posts` BEGIN INSERT INTO `search_words`(`search_words`, `rowid`, `words`) VALUES('delete', -old.`number`, old.`title` || ' ' || old.`body` || ' _p' || old.`board` || CASE WHEN old.`title` = '' THEN '' ELSE replace(' ' || substr(old.`title`, 1, instr(old.`title`, ' __')) || old.`body`, ' ', ' _o') END); END;
