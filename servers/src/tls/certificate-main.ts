import { makeCertificate } from "./make-certificate.js";

// Makes a certificate for the names in its arguments, and says it as JSON.
process.stdout.write(JSON.stringify(await makeCertificate({ names: process.argv.slice(2) })));
