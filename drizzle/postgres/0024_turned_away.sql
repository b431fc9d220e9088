CREATE TABLE "turned_away" (
	"id" text PRIMARY KEY NOT NULL,
	"actor_id" text,
	"number" integer NOT NULL,
	"since" bigint NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "turned_away_actor" ON "turned_away" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "turned_away_at" ON "turned_away" USING btree ("at");