const { defineConfig } = require('@medusajs/framework/utils');

const url = process.env.SHOP_URL ?? 'http://127.0.0.1:9000';

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: { connection: { ssl: false } },
    // The built admin is served in production mode alone, which asks for TLS.
    cookieOptions: { secure: false, sameSite: 'lax' },
    http: { storeCors: url, adminCors: url, authCors: url, jwtSecret: 'of a test', cookieSecret: 'of a test' },
  },
  plugins: [{ resolve: 'medusa-plugin-productvideo', options: {} }],
  modules: [{
    resolve: '@medusajs/medusa/file',
    options: { providers: [{ resolve: '@medusajs/medusa/file-local', id: 'local', options: { upload_dir: 'static', backend_url: `${url}/static` } }] },
  }],
});
