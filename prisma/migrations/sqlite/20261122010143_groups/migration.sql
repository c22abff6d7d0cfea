-- CreateTable
CREATE TABLE "ShoutoutGroup" (
    "shoutoutId" TEXT NOT NULL,
    "slackId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "handle" TEXT NOT NULL,

    PRIMARY KEY ("shoutoutId", "slackId"),
    CONSTRAINT "ShoutoutGroup_shoutoutId_fkey" FOREIGN KEY ("shoutoutId") REFERENCES "Shoutout" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
