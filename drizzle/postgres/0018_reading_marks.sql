CREATE TABLE "reading_marks" (
	"tag" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"kept_on" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "reading_marks_age" ON "reading_marks" USING btree ("kept_on");--> statement-breakpoint
UPDATE notices SET read_at = read_at - read_at % 86400000 WHERE read_at IS NOT NULL;
