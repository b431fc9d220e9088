CREATE TABLE "sealed_rows" (
	"tag" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"kept_on" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "sealed_rows_age" ON "sealed_rows" USING btree ("kept_on");