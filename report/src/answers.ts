import { type Audit, type Finding } from "./data";
import { count, number } from "./format";

const said = (audit: Audit, id: string): string | undefined => audit.result.findings.find((finding) => finding.id === id)?.text;

/** The question an audit answers, in plain words. */
export const question = (audit: Audit): string => said(audit, "question") ?? audit.result.source.name;

/** The answer. */
export const answer = (audit: Audit): string => said(audit, "answer") ?? "";

/** The findings that are read in one place. */
export const partOf = (audit: Audit, ...parts: NonNullable<Finding["part"]>[]): Finding[] =>
  audit.result.findings.filter((finding) => parts.includes(finding.part ?? "Account"));

/** What was audited, in a line. */
export function facts(audit: Audit): string[] {
  const { source } = audit.result;
  const size = source.size >= 1e6 ? `${number(source.size / 1e6)} million ${source.sizeUnit}s` : `${count(source.size)} ${source.sizeUnit}s`;
  return [
    `${count(source.usable)} documents${source.usable < source.documents ? ` of ${count(source.documents)}` : ""}`,
    size,
    `${count(source.deal.training.units)} ${source.items} in T, ${count(source.deal.heldOut.units)} held out`,
  ];
}
