import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStudioPage, type StudioPage } from '../support/story/studio-page.ts'

let studio: StudioPage
beforeAll(async () => {
  studio = await openStudioPage('korean')
}, 180_000)
afterAll(() => studio?.close())

/** The language of the page as the person reads it, and what a screen reader takes it for. */
const spoken = () => studio.page.evaluate(() => document.documentElement.lang)

test('Korean is chosen in Preferences, holds at once on every screen, and is remembered', async () => {
  const { page } = studio
  const title = (name: string) => page.getByRole('heading', { name, exact: true })
  await title('Try the demo song').waitFor()
  expect(await spoken()).toBe('en')
  await page.keyboard.press('Control+,')
  await page.getByRole('combobox', { name: 'Language' }).click()
  await page.getByRole('option', { name: '한국어', exact: true }).click()
  await title('환경설정').waitFor()
  expect(await spoken()).toBe('ko')
  await studio.inspect('preferences')
  await page.keyboard.press('Escape')
  await title('데모 곡 열어 보기').waitFor()
  await studio.inspect('start')

  for (const [key, name] of [
    ['?', '키보드 단축키'],
    ['Control+n', '새 프로젝트'],
  ] as const) {
    await page.keyboard.press(key)
    await title(name).waitFor()
    await studio.inspect(key === '?' ? 'shortcuts' : 'new-project')
    await page.keyboard.press('Escape')
  }
  await page.getByRole('button', { name: '학습', exact: true }).click()
  await title('가수 학습').waitFor()
  await studio.inspect('training')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: '데모 열기' }).click()
  const verse = page.getByRole('gridcell', { name: /Verse.*노래$/ })
  await verse.waitFor()
  await page.getByRole('button', { name: /^작업/ }).first().click()
  await page.getByRole('button', { name: /^믹서/ }).click()
  await studio.inspect('song')
  await verse.click()
  await title('Verse').waitFor()
  await page.getByRole('navigation', { name: '브라우저' }).waitFor()
  await studio.inspect('region')
  await page.keyboard.press('Control+Shift+E')
  await title('내보내기').waitFor()
  await studio.inspect('export')
  await page.keyboard.press('Escape')

  await page.reload()
  await title('데모 곡 열어 보기').waitFor()
  expect(await spoken()).toBe('ko')
  expect(studio.complaints).toEqual([])
}, 180_000)
