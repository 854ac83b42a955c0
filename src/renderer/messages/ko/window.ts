import { withParticle } from '../korean-particles.ts'
import type { Translation } from '../catalog.ts'
import type { window as english } from '../en/window.ts'

export const window = {
  saved: '저장했습니다.',
  songNotSaved: '곡을 저장하지 못했습니다',

  // create-acts
  isOpen: (song) => `${withParticle(song, '을/를')} 열었습니다.`,
  isCopy: (path) => `이 곡은 ${path}에 있는 곡의 사본입니다. 이제부터 별개의 곡입니다.`,
  wasRecovered: (song) => `${withParticle(song, '을/를')} 복구했습니다. 보관하려면 저장하세요.`,
  songNotClosed: '곡을 닫지 못했습니다',
  notDiscarded: '작업을 버리지 못했습니다',
  songNotMade: '곡을 만들지 못했습니다',
  songNotOpened: '곡을 열지 못했습니다',
  demoNotOpened: '데모 곡을 열지 못했습니다',
  notRecovered: '작업을 복구하지 못했습니다',
  filesNotImported: '파일을 가져오지 못했습니다',
  saveQuestion: (song) => `“${song}”의 변경 사항을 저장할까요?`,
  saveNote: '저장하지 않으면 사라집니다.',
  saveNoteConverting: '저장하지 않으면 사라집니다. 진행 중인 변환은 곡과 함께 끝납니다.',
  save: '저장',
  cancel: '취소',
  dontSave: '저장 안 함',

  // create-app-context
  libraryNotRead: '라이브러리를 읽지 못했습니다',

  // outputs
  unnamedDevice: '이름 없는 장치',

  // fetch-bytes
  audioNotHandedOver: '프로그램이 오디오를 넘겨주지 않았습니다.',
  tryAgain: '다시 시도하세요.',

  // socket-connection
  connectionLost: '프로그램과의 연결이 끊겼습니다.',
  reconnects: '곡은 이 창에 그대로 있습니다. 자동으로 다시 연결됩니다.',
} satisfies Translation<typeof english>
