import { button, convert, emotion, pick, recorded, rest, select, sung, type Set } from './set.ts'

/** As its file is called, and therefore the song itself. */
export const SONG_NAME = 'Paper Lanterns'

/** The demo song with two singers: a part with two takes, one with one, one that was never converted. */
export async function saveSungSong({ page }: Set): Promise<void> {
  await button(page, 'Open demo').click()
  await sung(page, 'Verse').waitFor()
  await convert(page, 'Verse')
  await emotion(page, 'Verse', 'Sad', 60)
  await convert(page, 'Verse')
  await recorded(page, 'Chorus').click({ position: { x: 30, y: 50 } })
  await page.keyboard.press('g')
  await page.getByRole('menuitemradio', { name: 'PJS' }).click()
  await emotion(page, 'Chorus', 'Happy', 70)
  await convert(page, 'Chorus')
  await select(page, 'Verse')
  await rest(page)
  await page.keyboard.press('Control+s')
  const picker = page.getByRole('dialog', { name: 'Save as' })
  await picker.getByRole('textbox').fill(SONG_NAME)
  await pick(page, 'Songs', [])
  await picker.getByRole('button', { name: 'Save', exact: true }).click()
  await page
    .getByLabel('Status')
    .getByText(/^Saved \d/)
    .waitFor()
}
