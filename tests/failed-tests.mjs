// Prints the failed tests of a test report (CTRF), each with what it said, so that tests/run can repeat them as its last words.
import { readFileSync } from 'node:fs';

for (const test of JSON.parse(readFileSync(process.argv[2])).results.tests.filter(test => test.status === 'failed')) {
  console.log(`FAILED ${test.name} (${Math.round(test.duration)} ms)`);
  for (const said of [test.message, test.trace])
    if (said) console.log(said.split('\n').slice(0, 12).map(line => `    ${line}`).join('\n'));
}
