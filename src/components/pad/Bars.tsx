interface Props {
  /** One for each digit, or nothing yet. */
  probabilities: ArrayLike<number> | undefined;
  digit: number | undefined;
}

/** Ten probabilities as bars. */
export function Bars({ probabilities, digit }: Props) {
  return (
    <ol class="bars" aria-label="Probability of each digit">
      {Array.from({ length: 10 }, (_, k) => {
        const share = probabilities?.[k];
        return (
          <li key={k} class={k === digit ? 'bar bar-largest' : 'bar'}>
            <span class="bar-digit">{k}</span>
            <span class="bar-track">
              <span class="bar-fill" style={{ transform: `scaleX(${share ?? 0})` }} />
            </span>
            <span class="bar-value">{share === undefined ? '–' : `${(share * 100).toFixed(1)} %`}</span>
          </li>
        );
      })}
    </ol>
  );
}
