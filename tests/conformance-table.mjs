// Prints the conformance table of a test report (CTRF): which implementation passed which case of its kind's suite.
import { readFileSync } from 'node:fs';

const cases = JSON.parse(readFileSync(process.argv[2])).results.tests.filter(test => /\/ProductVideo\.Conformance\//.test(test.filePath ?? ''));
const kindOf = test => test.filePath.match(/\/ProductVideo\.Conformance\/([^/]+)\//)[1];
for (const kind of [...new Set(cases.map(kindOf))].sort()) {
  const tests = cases.filter(test => kindOf(test) === kind);
  const name = test => test.extra.type.split(/[.+]/).at(-1).replace(/^Real/, '').replace(/(Conformance)?Tests$/, '');
  // End-to-end tests start the real thing; the others stand before a fake.
  const column = test => name(test) + (test.extra.type.startsWith('ProductVideo.EndToEnd.') ? ' (real server)' : '');
  const row = test => test.name.slice(test.extra.type.length + 1);
  const columns = [...new Set(tests.map(column))].sort();
  const rows = [...new Set(tests.map(row))].sort();
  const results = new Map(tests.map(test => [`${column(test)} ${row(test)}`, test.status === 'passed' ? 'ok' : test.status === 'skipped' ? '-' : test.status.toUpperCase()]));
  console.log(`\nConformance, ${kind}: ${columns.length} implementations x ${rows.length} cases (- = does not concern it, . = not of that suite)`);
  columns.forEach((name, i) => console.log(`  ${String.fromCharCode(65 + i)} = ${name}`));
  const width = Math.max(...rows.map(name => name.length));
  console.log(`  ${''.padEnd(width)}  ${columns.map((_, i) => String.fromCharCode(65 + i).padEnd(3)).join('')}`);
  for (const name of rows)
    console.log(`  ${name.padEnd(width)}  ${columns.map(c => (results.get(`${c} ${name}`) ?? '.').padEnd(3)).join('')}`);
}
