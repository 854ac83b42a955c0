import type { Page } from 'playwright-core'
import type { FarmFailure, FarmState } from '../../../src/shared/contract/farm-state.ts'
import { failure, type Failure } from '../../../src/shared/base/errors.ts'
import { farmState, farmWorker } from '../../support/farm-states.ts'
import { scriptFarm } from '../../support/scripted-farm.ts'
import { button, type Scene, type Set } from './set.ts'

const MINUTE_MS = 60_000
const places = { queuePlace: 'redis://studio.local:6379', storePlace: '/Volumes/Sounds/understudy' }

const ago = (minutes: number, machine: string | null, what: Failure): FarmFailure => ({
  machine,
  failure: what,
  failedAtMs: Date.now() - minutes * MINUTE_MS,
})

const nobody = farmState({ ...places, counts: { waiting: 2, active: 0, done: 0, failed: 0 } })
const atHome = farmState({ queuePlace: 'redis://127.0.0.1:6379', storePlace: '/home/mira/Shared sounds' })
const three = farmState({
  ...places,
  counts: { waiting: 4, active: 2, done: 118, failed: 0 },
  workers: [
    farmWorker('attic-workstation.local', { engine: 'tensorflow', threadCount: 32, fraction: 0.62, doneCount: 71 }),
    farmWorker('kitchen-laptop.local', {
      threadCount: 8,
      fraction: 0.08,
      trainingFraction: 0.31,
      realTimeFactor: 3.1,
      doneCount: 47,
    }),
    farmWorker('studio-mini.local', { engine: null, threadCount: 10, realTimeFactor: null, doneCount: 0 }),
  ],
})
const failing = (): FarmState => ({
  ...three,
  counts: { waiting: 1, active: 1, done: 1240, failed: 5 },
  workers: [
    { ...three.workers[0], doneCount: 1019, failedCount: 1 },
    { ...three.workers[1], fraction: null, trainingFraction: null, doneCount: 221, failedCount: 4 },
    farmWorker('old-tower.local', { version: '0.0.9', isOfThisVersion: false }),
  ],
  failures: [
    ago(
      2,
      'attic-workstation.local',
      failure(
        'engine-out-of-memory',
        'The engine took more memory than there is.',
        'Close other programs, or convert shorter regions.',
      ),
    ),
    ago(
      14,
      'kitchen-laptop.local',
      failure(
        'disk-full',
        'There is no room left on the disk of kitchen-laptop.',
        'Make room on it, and convert again.',
      ),
    ),
    ago(
      60 * 26,
      null,
      failure(
        'content-missing',
        'The content 3f9a… is not in the folder /Volumes/Sounds/understudy.',
        'See that every machine uses the same store.',
      ),
    ),
    ago(
      60 * 27,
      'kitchen-laptop.local',
      failure('engine-stopped', 'The engine stopped three times over the same region.', 'Try again.'),
    ),
  ],
})
const lost = farmState({
  ...places,
  trouble: failure(
    'queue-unreachable',
    'The queue at redis://studio.local:6379 can’t be reached: connect ECONNREFUSED 192.168.1.20:6379.',
    'Start it, or see whether its address, password and firewall are right. Without UNDERSTUDY_QUEUE everything is done on this machine.',
  ),
})

/** What the window shows of the machines that work for this one. The figures are a script's. */
export const farmScenes = {
  otherMachines: {
    needs: 'nothing',
    async play(set) {
      let now: FarmState | null = null
      await scriptFarm(set.page, () => now)
      for (const [state, name] of [
        [null, 'alone'],
        [nobody, 'empty'],
        [atHome, 'empty-at-home'],
        [three, 'three'],
        [failing(), 'failures'],
        [lost, 'trouble'],
      ] as const) {
        now = state
        await open(set.page, 'Other machines')
        await set.camera.take(`machines-${name}`)
      }
      now = failing()
      await showDialog(set, ['Preferences', 'Show'], 'machines-dialog')
      await speakKorean(set.page)
      for (const [state, name] of [
        [null, 'alone'],
        [nobody, 'empty'],
        [three, 'three'],
        [failing(), 'failures'],
        [lost, 'trouble'],
      ] as const) {
        now = state
        await open(set.page, '다른 컴퓨터')
        await set.camera.take(`korean-machines-${name}`)
      }
      now = failing()
      await showDialog(set, ['환경설정', '표시'], 'korean-machines-dialog')
    },
  },
} satisfies Record<string, Scene>

/** The start page anew, scrolled to what is told of other machines. */
async function open(page: Page, words: string): Promise<void> {
  await page.reload()
  await page.getByText(words, { exact: false }).last().scrollIntoViewIfNeeded()
  await page.evaluate(() => document.querySelector('#machines-title')?.closest('section')?.scrollIntoView())
}

async function showDialog(
  { page, camera }: Set,
  [title, show]: readonly [string, string],
  name: string,
): Promise<void> {
  await page.reload()
  await page.locator('#machines-title').waitFor()
  await page.keyboard.press('Control+,')
  await page.getByRole('heading', { name: title }).waitFor()
  await camera.take(`${name}-line`)
  await button(page, show).click()
  await page.getByRole('dialog').getByText('attic-workstation.local').first().waitFor()
  await camera.take(name)
  await page.keyboard.press('Escape')
}

async function speakKorean(page: Page): Promise<void> {
  await page.keyboard.press('Control+,')
  await page.getByRole('combobox', { name: 'Language' }).click()
  await page.getByRole('option', { name: '한국어', exact: true }).click()
  await page.keyboard.press('Escape')
}
