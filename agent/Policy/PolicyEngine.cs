using Navi.Agent.Effects;
using Navi.Agent.Policy.Rules;

namespace Navi.Agent.Policy;

/// <summary>
/// Decides tool calls by ordered rules: the first that matches, and a person where none does. Of a shell line each simple command is
/// decided by itself and the strictest decision holds, so that wrapping a command in others never makes it more permissive.
/// It informs consent. It does not confine anything: what an interpreter or a program of the workspace does, only the sandbox bounds.
/// </summary>
internal sealed class PolicyEngine(PolicyRules rules)
{
    /// <summary>SHA-256 of the policy's content, 64 lower-case hexadecimal digits.</summary>
    public string Digest => rules.Digest;

    public PolicyVerdict Decide(PolicyRequest request)
    {
        // A shell line with a network reaches whatever it wants, whatever class its tool has without one.
        if (SubjectReader.RunsCommands(request) && !request.NetworkOff)
            request = request with { Effect = EffectClass.Irreversible };
        var (subjects, opaque) = SubjectReader.Read(request);
        var verdict = subjects.Select(s => Decide(s, opaque)).Aggregate((strictest, next) => next.Decision > strictest.Decision ? next : strictest);
        return verdict.Decision == PolicyDecision.Allow && request is { ReadUntrusted: true, Effect: EffectClass.Irreversible }
            ? Verdict(PolicyDecision.Approve, "untrusted-text", "The task has read text that nobody vouches for, and this can't be undone.")
            : verdict;
    }

    private PolicyVerdict Decide(Subject subject, string? opaque)
    {
        PolicyRule? possible = null;
        foreach (var rule in rules.Rules)
        {
            var match = rule.Match.Match(subject, allows: rule.Decision == PolicyDecision.Allow);
            if (match == Certainty.Yes)
            {
                return possible is not null && rule.Decision == PolicyDecision.Allow
                    ? Possibly(possible, subject, opaque)
                    : Verdict(rule.Decision, rule.Name, Reason(rule.Reason, subject, opaque));
            }
            if (match == Certainty.Maybe && rule.Decision != PolicyDecision.Allow)
                possible ??= rule;
        }
        if (possible is not null)
            return Possibly(possible, subject, opaque);
        return Verdict(PolicyDecision.Approve, "unmatched", Reason("No rule decides this.", subject, opaque));
    }

    private PolicyVerdict Possibly(PolicyRule rule, Subject subject, string? opaque) => Verdict(
        PolicyDecision.Approve, rule.Name, Reason($"{rule.Reason} Whether this is such a case is known only when it runs.", subject, opaque));

    private PolicyVerdict Verdict(PolicyDecision decision, string rule, string reason) => new(decision, rule, reason, rules.Digest);

    private static string Reason(string reason, Subject subject, string? opaque)
    {
        if (subject.Command is { } command)
            return $"{reason} Command: {command.Shown}";
        return opaque is null ? reason : $"{reason} The command line was not understood: {opaque}.";
    }
}
