import { writeSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { runCampaign, type StepReport } from './campaign.ts'
import { faults } from './kinds/kinds.ts'

/**
 * `npm run test:faults`: five hundred faults happen to the real host at work, with its real library and workers, and
 * after each it is asked what must hold. `--count N`, `--seed N`, `--only KIND`, `--from STEP` to begin in the middle
 * (a library and a song live through twelve steps: a failure is reproduced from the first of its twelve).
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    only: { type: 'string', multiple: true },
  },
})
const chosen = faults.filter(({ kind, isSlow }) => values.only?.includes(kind) ?? isSlow !== true)
if (chosen.length === 0)
  throw new Error(`no such kind of fault; there are ${faults.map(({ kind }) => kind).join(', ')}`)
const [seed, from, count] = [values.seed, values.from, values.count].map(Number)

// What was started and mounted ends with this process, however it ends.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => process.exit(1))
const tell = (line: string): void => void writeSync(1, `${line}\n`)
const startMs = performance.now()
const passedSec = () => ((performance.now() - startMs) / 1000).toFixed(0)

function tellStep({ step, kind, detail, told, complaints }: StepReport): void {
  tell(
    `${passedSec()} s  step ${step}  ${kind}: ${detail}  [${told.filter((one) => !/^(auto)?save$/.test(one)).join(', ')}]`,
  )
  for (const complaint of complaints) tell(`    FAILED (--seed ${seed} --from ${step - (step % 12)}): ${complaint}`)
}

const reports = await runCampaign({ seed, from, to: from + count, faults: chosen, onStep: tellStep })
const rows = chosen.map(({ kind, what }) => {
  const own = reports.filter((report) => report.kind === kind)
  const failed = own.filter(({ complaints }) => complaints.length > 0)
  return { kind, what, injected: own.length, held: own.length - failed.length, failed: failed.length }
})
tell('')
tell(`${'fault'.padEnd(24)}${'injected'.padStart(9)}${'held'.padStart(6)}${'failed'.padStart(8)}   what`)
for (const { kind, what, injected, held, failed } of rows)
  tell(
    `${kind.padEnd(24)}${String(injected).padStart(9)}${String(held).padStart(6)}${String(failed).padStart(8)}   ${what}`,
  )
const failures = rows.reduce((sum, { failed }) => sum + failed, 0)
tell(`${reports.length} faults in ${passedSec()} s with seed ${seed}: ${failures} after which something did not hold`)
process.exit(failures === 0 ? 0 : 1)
