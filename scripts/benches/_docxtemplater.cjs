// Median milliseconds a document of docxtemplater's free core: node _docxtemplater.cjs TEMPLATE DATA MODULES
const fs = require("fs");
const [template, data, modules] = process.argv.slice(2);
const PizZip = require(`${modules}/pizzip`);
const Docxtemplater = require(`${modules}/docxtemplater`);
const content = fs.readFileSync(template);
const records = JSON.parse(fs.readFileSync(data));
function make(record) {
  const document = new Docxtemplater(new PizZip(content), { paragraphLoop: true, linebreaks: true });
  document.render(record);
  return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
}
for (const record of records.slice(0, 20)) make(record);
const times = records.map((record) => {
  const start = performance.now();
  make(record);
  return performance.now() - start;
});
times.sort((a, b) => a - b);
console.log(JSON.stringify({ median: times[times.length >> 1], bytes: make(records[0]).length }));
