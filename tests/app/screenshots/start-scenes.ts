import { button, pick, type Set } from './set.ts'

export async function startPage({ page, camera }: Set): Promise<void> {
  await page.getByRole('heading', { name: 'Try the demo song' }).waitFor()
  await page.evaluate(() => document.fonts.ready)
  await camera.take('start')
}

export async function dialogs({ page, camera }: Set): Promise<void> {
  for (const [key, heading, name] of [
    ['?', 'Keyboard shortcuts', 'shortcuts'],
    ['Control+,', 'Preferences', 'preferences'],
    ['Control+n', 'New project', 'new-project'],
    ['Control+i', 'Choose files', 'picker'],
  ] as const) {
    await page.keyboard.press(key)
    await page.getByRole('heading', { name: heading }).waitFor()
    await camera.take(`dialog-${name}`)
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: heading }).waitFor({ state: 'hidden' })
  }
}

export async function emptySong({ page, camera }: Set): Promise<void> {
  await page.keyboard.press('Control+n')
  await page.getByRole('dialog', { name: 'New project' }).waitFor()
  await page.keyboard.type('Paper Lanterns')
  await page.keyboard.press('Enter')
  await page.getByText('Drop vocal stems here').waitFor()
  await camera.take('song-empty')
  await page.keyboard.press('Control+i')
  await pick(page, 'Stems', ['Broken.wav'])
  await button(page, 'Choose').click()
  await page.getByRole('dialog', { name: 'One file was not imported' }).waitFor()
  await camera.take('dialog-refused')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+w')
  await page.getByRole('heading', { name: 'Try the demo song' }).waitFor()
}
