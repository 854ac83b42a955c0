import * as z from 'zod'

/** The languages that the window speaks. */
export const languageIds = ['en', 'ko'] as const
export type LanguageId = (typeof languageIds)[number]

/** How the window looks; the system's wish for more contrast is followed unless something is chosen. */
export const themeChoices = ['system', 'dark', 'high-contrast'] as const
export type ThemeChoice = (typeof themeChoices)[number]

/** What the person chose once for every song. A field that was never chosen has its default. */
export const preferences = z.object({
  /** Null: the first of the system's languages that the window speaks. */
  language: z.enum(languageIds).nullable().default(null),
  theme: z.enum(themeChoices).default('system'),
  /** Where songs sound; null: the system's default. Kept while the device is away. */
  output: z
    .object({ id: z.string().max(500), label: z.string().max(500) })
    .nullable()
    .default(null),
})
export type Preferences = Readonly<z.infer<typeof preferences>>
