import { FailureError } from '../../src/shared/base/errors.ts'
import { createRandom, type Random } from '../../src/shared/base/random.ts'
import { LineLost } from '../support/page-line.ts'
import { drawAct } from './acts/acts.ts'
import { songAt } from './song.ts'
import { saveSong, type Stage } from './stage.ts'

/** A person at work: the song is saved and autosaved without end while other things are done beside it. */
export interface Load {
  /** Begins something more. */
  begin(random: Random): void
  /** Settles when all that was begun has ended, and nothing more is saved. */
  settled(): Promise<void>
}

const SAVE_SHARE = 0.4

/** @param told gets what was begun, and how it ended */
export function startLoad(stage: Stage, seed: number, told: string[]): Load {
  const underWay: Promise<void>[] = []
  const writing = { isWanted: true }
  const random = createRandom(seed)
  const attempt = async (name: string, action: () => Promise<void>): Promise<void> => {
    try {
      await action()
      told.push(name)
    } catch (cause) {
      if (cause instanceof FailureError) told.push(`${name}: ${cause.failure.code}`)
      else if (cause instanceof LineLost || !stage.isUp()) told.push(`${name}: the host is gone`)
      else throw cause
    }
  }
  const writer = writeOn(stage, random, writing, attempt)
  return {
    begin(own) {
      if (!stage.isUp()) return
      // One training at a time.
      const isLearning = told.includes('begun train')
      const act = drawAct(own, isLearning ? ['train'] : [])
      told.push(`begun ${act.name}`)
      underWay.push(attempt(act.name, () => act.run(stage, own)))
    },
    async settled() {
      await Promise.all(underWay)
      writing.isWanted = false
      await writer
    },
  }
}

async function writeOn(
  stage: Stage,
  random: Random,
  writing: { readonly isWanted: boolean },
  attempt: (name: string, action: () => Promise<void>) => Promise<void>,
): Promise<void> {
  while (writing.isWanted && stage.isUp()) {
    const isSave = random.uniform() < SAVE_SHARE
    await attempt(isSave ? 'save' : 'autosave', () => (isSave ? saveSong(stage) : autosaveSong(stage)))
    await new Promise((wake) => setTimeout(wake, 10 + random.integer(60)))
  }
}

async function autosaveSong(stage: Stage): Promise<void> {
  const { ledger, projectId, sources } = stage
  const number = ledger.nextNumber()
  await stage.ask('project:autosave', { projectId, document: songAt(number, projectId, sources), editCount: number })
  ledger.autosaveTold(number)
}
