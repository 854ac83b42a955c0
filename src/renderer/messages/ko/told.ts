import type { FailureCode } from '../../../shared/base/errors.ts'
import type { NativeVariantId } from '../../../shared/contract/engines.ts'
import { inWords, type ToldWords } from '../../../shared/contract/told.ts'
import type { Translation } from '../catalog.ts'
import type { told as english } from '../en/told.ts'
import { withParticle } from '../korean-particles.ts'
import { failures } from './failures.ts'

type Pattern = readonly [RegExp, (...found: readonly string[]) => string]

/** Titles of jobs, as `main/jobs` gives them. */
const titles: readonly Pattern[] = [
  [/^Converting (.*) for (.*?)$/, (region, singers) => `변환: ${region}, ${singers}`],
  [/^Trying (.*) for (.*?)$/, (region, singers) => `들어 보기: ${region}, ${singers}`],
  [/^Importing (\d+) files$/, (count) => `가져오기: 파일 ${count}개`],
  [/^Importing (.*)$/, (file) => `가져오기: ${file}`],
  [/^Exporting (\d+) files$/, (count) => `내보내기: 파일 ${count}개`],
  [/^Exporting (.*)$/, (file) => `내보내기: ${file}`],
  [/^Locating (\d+) files$/, (count) => `찾기: 파일 ${count}개`],
  [/^Locating (.*)$/, (file) => `찾기: ${file}`],
  [/^Training (.*)$/, (name) => `학습: ${name}`],
  [/^Checking (\d+) clips?$/, (count) => `클립 ${count}개 점검`],
  [/^Checking the compute engine$/, () => '연산 엔진 점검'],
  [/^Installing (.*)$/, (label) => `설치: ${label}`],
  [/^Making a clip (.*)$/, (emotion) => `클립 감정 바꾸기: ${emotion}`],
  [/^(.*) sings a phrase$/, (singer) => `한 소절 부르기: ${singer}`],
  [/^Step (\d+) on your stem$/, (step) => `${step}단계로 스템 부르기`],
]

/** What a training does in a stage, where it has more than one. */
const ways: Readonly<Partial<Record<string, string>>> = {
  'tuning the shipped base': '기본 모델을 맞추는 중',
  'learning from nothing, to compare': '비교를 위해 처음부터 학습하는 중',
  'learning all singers together': '모든 가수를 함께 학습하는 중',
}

/** Phases of jobs, as the tasks of `main/compute` tell them. */
const phases: readonly Pattern[] = [
  [
    /^step (\d+) of (\d+)\. (tuning the shipped base|learning from nothing, to compare|learning all singers together)(?: for (.*))?$/,
    (step, count, way, singer = '') =>
      `${count}단계 중 ${step}단계. ${singer === '' ? '' : `${singer}: `}${ways[way] ?? way}`,
  ],
  [/^step (\d+) of (\d+)$/, (step, count) => `${count}단계 중 ${step}단계`],
  [/^writing the sound$/, () => '소리를 쓰는 중'],
  [/^writing the session$/, () => '세션을 쓰는 중'],
  [/^writing (.*)$/, (file) => `${file} 쓰는 중`],
  [/^(?:starting again|resting): another machine takes it over$/, () => '다른 컴퓨터가 이어받는 중'],
  [/^resting: waiting for a machine$/, () => '작업할 컴퓨터를 기다리는 중'],
  [/^resting: the machine goes to sleep$/, () => '쉬는 중: 컴퓨터가 절전 상태로 들어갑니다'],
  [/^resting: the machine is too hot$/, () => '쉬는 중: 컴퓨터가 너무 뜨겁습니다'],
  [
    /^resting: the battery is at (.*) %; goes on when the machine is plugged in$/,
    (percent) => `쉬는 중: 배터리 ${percent} %, 전원을 연결하면 계속합니다`,
  ],
  [/^starting again: .*$/, () => '다시 시작하는 중'],
  [/^trying the engines: .*$/, () => '엔진을 시험하는 중'],
]

const plainPhases: Readonly<Partial<Record<string, string>>> = {
  waiting: '대기 중',
  starting: '시작하는 중',
  done: '완료',
  paused: '일시 정지됨',
  cancelled: '취소됨',
  failed: '실패',
  'stopped when the program ended': '프로그램이 끝날 때 멈춤',
  'trying the range': '음역을 시험하는 중',
  'timing the conversion': '변환 속도를 재는 중',
  'reading the clips': '클립을 읽는 중',
  'listening for noise and rooms': '잡음과 울림을 살피는 중',
  'finding the pitch': '음정을 찾는 중',
  'listening for other voices': '다른 목소리를 살피는 중',
  'reading the sound': '소리를 읽는 중',
  'reading the audio': '오디오를 읽는 중',
  'translating the emotion': '감정을 옮기는 중',
  'fetching the packages': '패키지를 내려받는 중',
  'compiling the addon': '애드온을 빌드하는 중',
  'trying it': '시험하는 중',
  installed: '설치됨',
  unpacking: '압축을 푸는 중',
  singing: '부르는 중',
  'loading the singer': '가수를 불러오는 중',
  'measuring the breath': '숨소리를 재는 중',
  'hearing the words': '가사를 듣는 중',
  'changing the voice': '목소리를 바꾸는 중',
  'copying the sound': '소리를 복사하는 중',
  'reading the timbre': '음색을 읽는 중',
  'listening to what is sung': '노래를 듣는 중',
  'reading what is sent': '보낼 파일을 읽는 중',
  'sending to the store': '공유 저장소로 보내는 중',
  'fetching from the store': '공유 저장소에서 받는 중',
  'sending the sound': '소리를 보내는 중',
  'sending the clips': '클립을 보내는 중',
  'waiting for a machine': '작업할 컴퓨터를 기다리는 중',
  'fetching the sound': '소리를 받는 중',
  'fetching the clips': '클립을 받는 중',
  'writing what was sung': '부른 소리를 쓰는 중',
}

/** What no pattern knows stays as it was told. */
function through(patterns: readonly Pattern[], text: string): string {
  for (const [pattern, words] of patterns) {
    const found = pattern.exec(text)
    if (found) return words(...found.slice(1))
  }
  return text
}

/** The others are names. */
const engineLabels: Readonly<Partial<Record<string, string>>> = {
  tensorflow: '네이티브 TensorFlow',
  'webgpu-window': 'WebGPU, 숨은 창',
}

interface NativeWords {
  readonly label: string
  readonly licence: string
  readonly caveat?: string
}
const nativeEngines: Readonly<Record<NativeVariantId, NativeWords>> = {
  cpu: { label: '프로세서용 TensorFlow', licence: 'TensorFlow: Apache License 2.0' },
  gpu: {
    label: 'NVIDIA 장치용 TensorFlow',
    licence: 'TensorFlow: Apache License 2.0, CUDA 라이브러리: NVIDIA CUDA 및 cuDNN 사용 계약',
    caveat: 'NVIDIA 장치에서 작동할 것으로 보이나 시험하지 않음, 장치가 없으면 프로세서로 계산함',
  },
}

/** What the application says by its code. */
const toldWords: ToldWords = {
  installed: () => '설치됨',
  'not-installed': () => '설치되지 않음',
  'not-tried': () => '아직 시험하지 않음',
  'no-graphics-device': () => '이 컴퓨터에 그래픽 장치가 없음',
  'no-windows': () => '데스크톱 프로그램에서만 사용 가능',
  'no-page': () => '계산할 페이지가 빌드되지 않음',
  'in-desktop': () => '데스크톱 프로그램에 포함됨',
  'always-there': () => '항상 사용 가능',
  'for-comparisons': () => '비교용',
  'right-but-slower': () => '결과는 올바르지만 더 느림',
  fastest: () => '결과가 올바른 엔진 중 가장 빠름',
  quickest: () => '결과가 올바른 엔진 중 응답이 가장 빠름',
  'quick-and-small': () => '미리 듣기에 충분히 빠르고 가벼움',
  'asked-for': () => 'UNDERSTUDY_BACKEND로 지정됨',
  'asked-unknown': (name) => `지정된 “${name}”은(는) 이 프로그램의 엔진이 아님`,
  'asked-absent': (name, why) => `지정된 “${name}” 사용 불가: ${why}`,
  'nothing-else': (engine, id, why) => `항상 사용 가능. ${engineLabels[id] ?? engine}: ${why}`,
  'self-test-failed': (found) => `자체 시험을 통과하지 못함 (${found})`,
  'no-archive': (place) =>
    `${place}에서 작동이 확인된 네이티브 엔진이 없습니다. GNU C 라이브러리를 쓰는 x64 Linux에만 설치할 수 있습니다. 학습은 WebAssembly로 할 수 있습니다.`,
  'other-c-library': (place) => `GNU C 라이브러리가 없는 ${place}`,
  'no-compiler': () => 'C++ 컴파일러(g++ 패키지)',
  'no-npm': () => 'npm',
  'neither-nor': (one, other) => `${withParticle(one, '과/와')} ${other}`,
  'tools-missing': (tools) =>
    `네이티브 엔진의 애드온은 이 컴퓨터에서 빌드하는데, 필요한 ${withParticle(tools, '이/가')} 없습니다. 설치한 다음 다시 시도하세요.`,
  'ran-and-can-go-on': (title) =>
    `프로그램이 끝날 때 “${through(titles, title)}” 작업이 실행 중이었습니다. 멈춘 곳에서 이어 갈 수 있습니다.`,
  'ran-and-may-start': (title) =>
    `프로그램이 끝날 때 “${through(titles, title)}” 작업이 실행 중이었습니다. 필요하면 다시 시작하세요.`,
  'library-rebuilt': (singers, clips, oldName) =>
    `라이브러리를 읽을 수 없어 파일에서 다시 만들었습니다. 가수 ${singers}명과 클립 ${clips}개를 찾았습니다. 최근 프로젝트 목록과 작업은 사라졌고, 곡은 그대로입니다. 이전 라이브러리는 “${oldName}” 파일로 남아 있습니다.`,
  'not-taken-over': (reason) => `옮기지 못함: ${reason}`,
  'too-many-watched': (folder) =>
    `시스템이 이미 너무 많은 파일을 감시하고 있어 “${folder}” 폴더를 감시하지 못합니다. 파일이 더 적은 폴더를 선택하세요.`,
  'watch-ended': (folder, reason) => `“${folder}” 폴더를 더는 감시할 수 없습니다: ${reason}`,
  'song-newer': (name) =>
    `“${name}” 프로젝트는 더 새로운 Understudy에서 만들었습니다. 이 버전이 모르는 내용은 사본에서 빠지고, 파일은 바뀌지 않습니다.`,
}

export const told = {
  title: (title) => through(titles, title),
  said: (words, told) => (told === undefined ? words : inWords(told, toldWords)),
  engine: (label, id) => engineLabels[id] ?? label,
  nativeEngine: (_label, id) => nativeEngines[id].label,
  licence: (_licence, id) => nativeEngines[id].licence,
  caveat: (caveat, id) => nativeEngines[id].caveat ?? caveat,
  phase: (phase) => plainPhases[phase] ?? through(phases, phase),
  failure: (code: FailureCode, _message: string) => failures[code].message,
  remedy: (code: FailureCode, _remedy: string) => failures[code].remedy,
} satisfies Translation<typeof english>
