import { button, pick, sung, type Set } from './set.ts'

const BODY = { x: 30, y: 50 }

/** The song in the other looks: more contrast, the system's colors, twice the size. */
export async function lookScenes(set: Set): Promise<void> {
  const { page, camera } = set
  await sung(page, 'Chorus').click({ position: BODY })
  await page.emulateMedia({ contrast: 'more', reducedMotion: 'reduce' })
  await camera.take('high-contrast-song')
  await page.getByLabel('Status').getByRole('button', { name: 'Editor' }).click()
  await page.getByText('Finding the notes').waitFor({ state: 'hidden' })
  await camera.take('high-contrast-editor')
  await page.getByLabel('Status').getByRole('button', { name: 'Mixer' }).click()
  await camera.take('high-contrast-mixer')
  await page.getByLabel('Status').getByRole('button', { name: 'Mixer' }).click()
  await page.keyboard.press('Control+Shift+E')
  await page.getByRole('dialog', { name: 'Export' }).waitFor()
  await camera.take('high-contrast-export')
  await page.keyboard.press('Escape')
  await page.emulateMedia({ contrast: 'no-preference', forcedColors: 'active', reducedMotion: 'reduce' })
  await camera.take('forced-colors')
  await page.emulateMedia({ contrast: 'no-preference', forcedColors: 'none', reducedMotion: 'reduce' })
  // A window of 1440 × 900 at a scale of 200 % has half as many of its own pixels.
  await page.setViewportSize({ width: 720, height: 450 })
  await page.screenshot({ path: `${camera.folder}/1440x900/scale-200.png` })
  await page.setViewportSize({ width: 1440, height: 900 })
}

export async function trainingScenes(set: Set): Promise<void> {
  const { page, camera } = set
  const title = (name: string | RegExp) => page.getByRole('heading', { name })
  await page
    .getByRole('button', { name: /^Train( a singer)?$/ })
    .first()
    .click()
  await title('Train a singer').waitFor()
  await camera.take('training-empty')
  await page.getByRole('textbox', { name: 'Name of the singer' }).fill('Nadia')
  await page.getByRole('checkbox', { name: 'The owner of this voice agrees' }).click()
  await page.getByRole('textbox', { name: 'Who agreed, and how' }).fill('Nadia herself, in writing')
  await button(page, 'Add clips').click()
  await pick(page, 'Clips', ['Nadia 1.wav', 'Nadia 2.wav', 'Nadia 3.wav', 'Hiss.wav', 'Empty room.wav'])
  await button(page, /^Choose 5 files/).click()
  await title('Pitch coverage').waitFor()
  await camera.take('training-clips')
  await page.getByText('Quick', { exact: true }).click()
  await button(page, 'Start learning').click()
  await button(page, 'Hear step 100').waitFor()
  await camera.take('training-learning')
  await button(page, 'Pause').click()
  await title('Paused').waitFor()
  await camera.take('training-paused')
  await button(page, 'Resume').click()
  await title('Learning').waitFor()
  await button(page, 'Stop and keep').click()
  await title('Learned').waitFor()
  await camera.take('training-learned')
  await button(page, /^Back/).click()
}

/** A question before leaving, and what the start page says after the program ended in the middle of work. */
export async function endings(set: Set): Promise<void> {
  const { page, camera } = set
  await button(page, /^Mute /).click()
  await page.keyboard.press('Control+w')
  await page.getByRole('dialog').waitFor()
  await camera.take('dialog-save')
  await page.keyboard.press('Escape')
  await set.restart()
  await page.getByText('has work that was not saved').waitFor()
  await camera.take('start-recovery')
  await set.host().close()
  await page.getByText('The engine room does not answer').waitFor()
  await camera.take('connection-lost')
  await set.restart().catch(() => {})
}
