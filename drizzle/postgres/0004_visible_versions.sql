CREATE TABLE "visible_versions" (
	"scope" text NOT NULL,
	"slot" integer NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "visible_versions_slot" ON "visible_versions" USING btree ("scope","slot");