-- How often what a comparison measured began anew: the window moved on, or the trainer began again.
ALTER TABLE evidence ADD COLUMN begins INTEGER DEFAULT 0 NOT NULL;

-- Secrets are sealed from here on, which takes more room.
ALTER TABLE webhook ALTER COLUMN secret SET DATA TYPE VARCHAR(8000);
