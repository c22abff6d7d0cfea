-- AlterTable
ALTER TABLE "Settings" ADD COLUMN "dailyLimit" INTEGER;
