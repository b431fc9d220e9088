ALTER TABLE "sealed_rows" ADD COLUMN "turned_on" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "sealed_rows_turned" ON "sealed_rows" USING btree ("turned_on","tag");