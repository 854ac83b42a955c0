import { button, entry, recorded, sung, type Set } from './set.ts'

const BODY = { x: 30, y: 50 }

async function convert(set: Set, part: string): Promise<void> {
  await sung(set.page, part).click({ position: BODY })
  await set.page.keyboard.press('c')
  await set.page.locator(`[data-state=converted][aria-label^="${part}, "]`).waitFor()
}
async function emotion({ page }: Set, part: string, name: string): Promise<void> {
  await sung(page, part).click({ position: BODY })
  await page.getByRole('radio', { name }).click()
}
async function dockTab({ page }: Set, name: string): Promise<void> {
  await page.getByLabel('Status').getByRole('button', { name }).click()
}

export async function editorScenes(set: Set): Promise<void> {
  const { page, camera } = set
  await button(page, 'Open demo').click()
  await sung(page, 'Verse').waitFor()
  await page.getByRole('button', { name: 'Follow playhead' }).waitFor()
  await camera.take('song-demo')
  await recorded(page, 'Chorus').click({ position: BODY })
  await camera.take('region-recorded')
  await page.keyboard.press('g')
  await page.getByRole('menuitemradio', { name: 'PJS' }).waitFor()
  await camera.takeOnce('menu-singers')
  await page.getByRole('menuitemradio', { name: 'PJS' }).click()
  await emotion(set, 'Chorus', 'Happy')
  await camera.take('region-assigned')
  await convert(set, 'Verse')
  await emotion(set, 'Verse', 'Sad')
  await camera.take('region-stale')
  await convert(set, 'Verse')
  await convert(set, 'Chorus')
  await sung(page, 'Verse').click({ position: BODY })
  await camera.take('region-converted')
  await sung(page, 'Chorus').click({ position: BODY, modifiers: ['Control'] })
  await camera.take('region-several')
  await sung(page, 'Verse').click({ button: 'right', position: BODY })
  await entry(page, 'Takes').hover()
  await camera.takeOnce('menu-region')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await sung(page, 'Verse').click({ position: BODY })
  await page.keyboard.press('v')
  await camera.take('curves')
  await page.keyboard.press('v')
  await page.keyboard.press('Shift+V')
  await camera.take('takes')
  await page.keyboard.press('Shift+V')
  await button(page, 'Loop').click()
  await page.keyboard.press('Shift+L')
  await page.keyboard.press('k')
  await camera.take('loop-and-marker')
  for (const tab of ['Editor', 'Mixer', 'Jobs', 'History']) {
    await dockTab(set, tab)
    if (tab === 'Editor') await page.getByText('Finding the notes').waitFor({ state: 'hidden' })
    await camera.take(`dock-${tab.toLowerCase()}`)
    await dockTab(set, tab)
  }
}

export async function exportScenes(set: Set): Promise<void> {
  const { page, camera } = set
  await emotion(set, 'Verse', 'Angry')
  await page.keyboard.press('Control+Shift+E')
  const sheet = page.getByRole('dialog', { name: 'Export' })
  await sheet.waitFor()
  await camera.take('export-decide')
  await sheet.getByRole('button', { name: 'Choose…' }).click()
  const picker = page.getByRole('dialog', { name: 'Choose a folder' })
  await picker.getByRole('button', { name: 'Exports', exact: true }).click()
  await picker.getByRole('button', { name: 'Choose this folder' }).click()
  await sheet.getByRole('radio', { name: 'Use the old take' }).first().click()
  await sheet.getByRole('button', { name: /^Export \d/ }).click()
  await page.getByText(/written/).waitFor()
  await camera.take('export-done')
  await sheet.getByRole('button', { name: 'Close' }).last().click()
}

/** The engine is killed twice under a conversion. */
export async function faultScenes(set: Set): Promise<void> {
  const { page, camera } = set
  await emotion(set, 'Verse', 'Angry')
  await page.keyboard.press('c')
  for (let death = 0; death < 2; death++) {
    await working(set)
    if (death === 0) await camera.takeOnce('region-converting')
    set.host().killWorker('interactive')
  }
  await page.locator('[data-state=failed]').waitFor()
  await dockTab(set, 'Jobs')
  await camera.take('engine-stopped')
  await page.getByRole('button', { name: 'Details' }).first().click()
  await page.getByRole('dialog').waitFor()
  await camera.take('dialog-failure')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Dismiss' }).first().click()
  await dockTab(set, 'Jobs')
}

const working = ({ host }: Set): Promise<void> =>
  new Promise((settle) => {
    const stop = host().application.onEvent((event) => {
      if (event.kind !== 'job-changed' || event.job.state !== 'running' || event.job.fraction === 0) return
      stop()
      settle()
    })
  })
