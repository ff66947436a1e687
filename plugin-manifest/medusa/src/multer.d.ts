// multer carries no types of its own.
declare module "multer"
