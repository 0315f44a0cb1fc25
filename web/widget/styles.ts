// The widget's style sheet. It lives in a shadow root, so names are short and cannot clash; :host undoes what a
// page sets on every element. All sizes are px: the page's rem is not ours. What is alike is said once, in groups:
// the sheet is a sixth of the widget's bytes.

const css = String.raw;

export const sheet = css`
  :host {
    all: initial !important;
    --ground: #fff;
    --soft: #f1f3f3;
    --line: #dfe4e4;
    --ink: #17201f;
    --dim: #5b6867;
    --accent: var(--accent-light);
    --good: #0a7040;
    --bad: #b3261e;
    --bad-soft: #fdecea;
    --shadow: 0 8px 40px rgb(0 20 20 / 0.24), 0 0 0 1px rgb(0 20 20 / 0.06);
    position: fixed !important;
    z-index: 2147483647 !important;
    color-scheme: light dark;
  }
  @media (prefers-color-scheme: dark) {
    :host {
      --ground: #1e2123;
      --soft: #2b2f33;
      --line: #3d4448;
      --ink: #eceff0;
      --dim: #a6b1b5;
      --accent: var(--accent-dark);
      --good: #6fd39b;
      --bad: #ff9d94;
      --bad-soft: #43211f;
      --shadow: 0 8px 40px rgb(0 0 0 / 0.6), 0 0 0 1px var(--line);
    }
  }
  * {
    box-sizing: border-box;
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    list-style: none;
  }
  .panel,
  .launcher {
    position: fixed;
    right: calc(20px + env(safe-area-inset-right));
    bottom: calc(20px + env(safe-area-inset-bottom));
    color: var(--ink);
    font: 400 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Apple SD Gothic Neo', 'Noto Sans KR', 'Noto Sans CJK KR', 'Malgun Gothic', sans-serif;
    text-align: start;
    word-break: keep-all;
    overflow-wrap: anywhere;
  }
  :host(.left) .panel,
  :host(.left) .launcher {
    right: auto;
    left: calc(20px + env(safe-area-inset-left));
  }
  button,
  .card > a {
    cursor: pointer;
  }
  :disabled {
    cursor: default;
  }
  svg {
    width: 22px;
    height: 22px;
    fill: none;
    stroke: currentColor;
    stroke-width: var(--stroke, 2);
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  header :focus-visible,
  .launcher:focus-visible,
  .mine :focus-visible {
    outline-color: var(--on-brand);
    outline-offset: -5px;
  }
  .log:focus-visible,
  [role='menuitem']:focus-visible {
    outline-offset: -2px;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @keyframes come {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  @keyframes pulse {
    40% {
      opacity: 0.3;
    }
  }

  .launcher,
  .tool,
  .avatar,
  .send,
  .page {
    display: grid;
    place-items: center;
    flex: none;
    width: 44px;
    height: 44px;
    border-radius: 50%;
  }
  .avatar {
    font-weight: 700;
  }
  .launcher,
  .avatar,
  .send,
  .strong,
  .mine .bubble,
  header {
    background: var(--brand);
    color: var(--on-brand);
  }
  .launcher {
    width: 60px;
    height: 60px;
    box-shadow: var(--shadow);
    transition: transform 0.15s;
  }
  .launcher:hover {
    transform: scale(1.06);
  }
  .launcher svg {
    width: 30px;
    height: 30px;
  }
  .badge {
    position: absolute;
    top: -3px;
    right: -3px;
    min-width: 22px;
    padding: 0 6px;
    border-radius: 11px;
    background: #c8281e;
    color: #fff;
    font-size: 12px;
    font-weight: 700;
    line-height: 22px;
    text-align: center;
    box-shadow: 0 0 0 2px var(--ground);
  }

  .panel {
    bottom: calc(94px + env(safe-area-inset-bottom));
    width: 396px;
    height: min(700px, 100vh - 118px);
    display: flex;
    flex-direction: column;
    overflow: clip;
    border-radius: 20px;
    background: var(--ground);
    box-shadow: var(--shadow);
    animation: come 0.2s;
  }
  header {
    display: flex;
    align-items: center;
    padding: calc(12px + var(--safe-top, 0px)) 8px 12px 18px;
  }
  header .avatar {
    background: #fff;
    color: #17201f;
    font-size: 15px;
  }
  .who {
    flex: 1;
    min-width: 0;
    padding: 0 12px;
  }
  h2,
  h3 {
    font-size: 16px;
    font-weight: 700;
    line-height: 1.4;
  }
  h2 {
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .who p {
    display: flex;
    align-items: center;
    gap: 6px;
    font-size: 13px;
    line-height: 1.4;
  }
  .dot,
  .dots i {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: #7ee2a8;
  }
  .dot {
    box-shadow: 0 0 0 1px rgb(0 0 0 / 0.2);
  }
  .queued {
    background: #ffd166;
    animation: pulse 1.2s infinite;
  }
  .off,
  .dot.closed {
    background: #cfd6d6;
  }
  .tool {
    margin-left: -4px;
  }
  .tool:hover {
    background: rgb(255 255 255 / 0.16);
  }
  .menu {
    position: relative;
    --stroke: 3;
  }
  [role='menu'] {
    position: absolute;
    z-index: 3;
    top: 48px;
    right: 0;
    padding: 6px;
    border-radius: 14px;
    background: var(--ground);
    color: var(--ink);
    box-shadow: var(--shadow);
    animation: come 0.15s;
  }
  [role='menuitem'] {
    display: block;
    min-width: 170px;
    width: 100%;
    min-height: 44px;
    padding: 0 14px;
    border-radius: 10px;
    text-align: start;
    white-space: nowrap;
  }
  [role='menuitem']:hover,
  .notice button:hover {
    background: var(--soft);
  }

  .notice {
    display: flex;
    align-items: center;
    min-height: 44px;
    padding: 4px 8px 4px 18px;
    border-bottom: 1px solid var(--line);
    font-size: 13px;
  }
  .notice span {
    flex: 1;
  }
  .notice button {
    min-height: 44px;
    padding: 0 12px;
    border-radius: 14px;
    color: var(--accent);
    font-weight: 600;
    white-space: nowrap;
  }
  .trouble {
    background: var(--bad-soft);
    color: var(--bad);
  }

  .scroll {
    position: relative;
    flex: 1;
    min-height: 0;
  }
  /* Positioned: it must clip the hidden words for screen readers too. */
  .log {
    position: relative;
    height: 100%;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .inner {
    display: flex;
    flex-direction: column;
    padding: 4px 16px 18px;
  }
  .day,
  .system,
  .older,
  .name,
  .time,
  .facts,
  .brand,
  .ends,
  .price s {
    color: var(--dim);
    font-size: 12.5px;
  }
  .older {
    min-height: 44px;
  }
  .day,
  .older,
  .system {
    align-self: center;
    margin: 14px 0 2px;
  }
  .system {
    max-width: 92%;
    padding: 5px 14px;
    border-radius: 16px;
    background: var(--soft);
    text-align: center;
    white-space: pre-wrap;
  }
  .row {
    display: flex;
    gap: 8px;
    margin-top: 4px;
    animation: come 0.2s;
  }
  .row.first {
    margin-top: 14px;
  }
  .body {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    flex: 1;
    min-width: 0;
  }
  .mine .body {
    align-items: flex-end;
  }
  .name {
    margin: 0 0 4px 2px;
    line-height: 1.3;
  }
  .tag {
    margin-left: 6px;
    padding: 1px 7px;
    border-radius: 8px;
    background: var(--soft);
    color: var(--accent);
    font-weight: 600;
  }
  .row .avatar {
    width: 32px;
    height: 32px;
    overflow: hidden;
    font-size: 12px;
  }
  .row .gap {
    height: 0;
  }
  .row .agent {
    background: var(--soft);
    color: var(--accent);
  }
  .row .avatar svg {
    width: 20px;
  }
  .avatar img {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .bubble {
    max-width: 100%;
    padding: 9px 14px;
    border-radius: 18px;
    background: var(--soft);
    white-space: pre-wrap;
  }
  .theirs .bubble {
    margin-right: 24px;
  }
  .theirs.first .bubble {
    border-top-left-radius: 6px;
  }
  .mine .bubble {
    max-width: 84%;
  }
  .mine.last .bubble {
    border-bottom-right-radius: 6px;
  }
  .bubble a {
    color: var(--accent);
    text-decoration: underline;
  }
  .mine a {
    color: inherit;
  }
  .time {
    margin: 3px 4px 0;
    line-height: 1.4;
  }
  /* Most messages are acknowledged before anyone could read this. */
  .late {
    animation: come 0.2s 0.6s backwards;
  }
  .failed {
    display: flex;
    align-items: center;
    gap: 4px;
    color: var(--bad);
  }
  .failed button {
    min-height: 44px;
    padding: 0 6px;
    font-weight: 600;
    text-decoration: underline;
  }
  .dots {
    display: flex;
    gap: 4px;
    padding: 7px 2px;
  }
  .dots i {
    background: var(--dim);
    animation: pulse 1.2s infinite;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.3s;
  }
  .replies {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin: 12px 0 0 40px;
    animation: come 0.3s;
  }
  .replies button {
    min-height: 44px;
    padding: 8px 16px;
    border-radius: 22px;
    border: 1.5px solid var(--accent);
    color: var(--accent);
    font-weight: 600;
    line-height: 1.3;
    text-align: start;
  }
  .replies button:hover {
    background: var(--soft);
  }
  .to-end,
  .page {
    position: absolute;
    background: var(--ground);
    box-shadow: var(--shadow);
  }
  .to-end {
    left: 50%;
    bottom: 10px;
    transform: translateX(-50%);
    display: flex;
    align-items: center;
    gap: 6px;
    height: 44px;
    padding: 0 11px;
    border-radius: 22px;
    color: var(--accent);
    font-weight: 600;
    white-space: nowrap;
  }

  .products {
    position: relative;
    align-self: stretch;
    margin: 8px -16px 0 -40px;
  }
  .products ul {
    display: flex;
    gap: 10px;
    padding: 2px 16px 8px 40px;
    scroll-padding: 0 40px;
    overflow: auto hidden;
    scroll-snap-type: x mandatory;
    overscroll-behavior-x: contain;
    scrollbar-width: none;
  }
  .card {
    flex: 0 0 184px;
    display: flex;
    scroll-snap-align: start;
  }
  .card > * {
    flex: 1;
    display: flex;
    flex-direction: column;
    min-width: 0;
    overflow: hidden;
    border-radius: 16px;
    box-shadow: 0 0 0 1px var(--line);
    text-decoration: none;
  }
  .card > a:hover {
    box-shadow: 0 0 0 2px var(--accent);
  }
  .picture {
    background: #f4f5f4;
  }
  .picture img {
    display: block;
    width: 100%;
    aspect-ratio: 1;
    object-fit: contain;
  }
  .none > * {
    display: none;
  }
  .about {
    flex: 1;
    display: flex;
    flex-direction: column;
    gap: 2px;
    padding: 10px 12px 12px;
  }
  .title {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    font-size: 14px;
    font-weight: 600;
    line-height: 1.4;
  }
  .price b {
    margin-right: 2px;
    font-size: 16px;
    font-weight: 700;
  }
  .facts,
  .why {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 10px;
  }
  .in_stock {
    color: var(--good);
  }
  .out_of_stock {
    color: var(--bad);
  }
  .why {
    gap: 4px;
    margin-top: auto;
    padding-top: 6px;
  }
  .why span {
    padding: 2px 8px;
    border-radius: 10px;
    background: var(--soft);
    font-size: 12px;
  }
  .page {
    top: 56px;
  }
  .left {
    left: 10px;
  }
  .right {
    right: 8px;
  }
  .start .left,
  .end .right {
    display: none;
  }
  @media (hover: none) {
    .page.page {
      display: none;
    }
  }

  .survey {
    margin-top: 16px;
    padding: 16px;
    border-radius: 18px;
    box-shadow: 0 0 0 1px var(--line);
    text-align: center;
    animation: come 0.3s;
  }
  .survey p {
    font-weight: 600;
  }
  .scores {
    display: flex;
    justify-content: center;
    flex-wrap: wrap;
    gap: 4px;
    margin-top: 10px;
  }
  .scores button {
    min-width: 44px;
    height: 52px;
    padding: 0 9px;
    border-radius: 16px;
    font: 28px/1 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji';
  }
  .plain button {
    font: inherit;
  }
  .scores button:hover,
  [aria-pressed='true'] {
    background: var(--soft);
  }
  [aria-pressed='true'] {
    box-shadow: 0 0 0 2px var(--accent);
  }
  .ends {
    display: flex;
    justify-content: space-evenly;
    margin-top: 6px;
  }
  .ends b {
    color: var(--ink);
  }
  .survey textarea {
    width: 100%;
    margin-top: 6px;
    padding: 10px 12px;
    border-radius: 12px;
    border: 1px solid var(--line);
    font-size: 16px;
    resize: none;
  }
  .survey label {
    display: block;
    margin-top: 10px;
    color: var(--dim);
    font-size: 13px;
    text-align: start;
  }
  .choices {
    display: flex;
    gap: 8px;
    margin-top: 14px;
  }
  .choices button {
    flex: 1;
    min-height: 44px;
    border-radius: 14px;
    font-weight: 600;
  }
  .quiet {
    background: var(--soft);
  }

  .composer {
    display: flex;
    align-items: flex-end;
    flex: none;
    margin: 0 12px calc(12px + env(safe-area-inset-bottom));
    padding: 3px;
    border-radius: 26px;
    border: 1.5px solid var(--line);
  }
  .composer:focus-within {
    border-color: var(--accent);
  }
  /* Below 16 px iOS zooms into the field. */
  .composer textarea {
    flex: 1;
    min-width: 0;
    height: 44px;
    padding: 10px 4px 10px 14px;
    outline: 0;
    resize: none;
    font-size: 16px;
    line-height: 24px;
    scrollbar-width: thin;
  }
  textarea {
    color: var(--ink);
  }
  ::placeholder {
    color: var(--dim);
  }
  .send:disabled {
    background: none;
    color: var(--dim);
  }

  .cover {
    position: absolute;
    z-index: 4;
    inset: 0;
    display: flex;
    align-items: flex-end;
    background: rgb(0 0 0 / 0.5);
  }
  .sheet {
    flex: 1;
    padding: 22px 20px calc(20px + env(safe-area-inset-bottom));
    border-radius: 20px 20px 0 0;
    background: var(--ground);
    text-align: center;
    animation: come 0.2s;
  }

  @media (max-width: 480px) {
    .panel.panel.panel {
      inset: auto 0;
      top: var(--top, 0);
      width: auto;
      height: var(--height, 100%);
      border-radius: 0;
      --safe-top: env(safe-area-inset-top);
    }
    .opened {
      display: none;
    }
  }
  @media (max-height: 480px) and (min-width: 481px) {
    .panel {
      inset: 8px 92px 8px auto;
      height: auto;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
  @media (forced-colors: active) {
    .panel,
    .bubble,
    button {
      border: 1px solid;
    }
  }
`;
