using Navi.Cli.Api;

namespace Navi.Cli.Live;

/// <summary>What a person typed at a checkpoint.</summary>
/// <param name="Decision">The decision to send; null for anything else.</param>
/// <param name="WantsDiff">The whole diff is asked for.</param>
internal sealed record Answer(NewDecision? Decision, bool WantsDiff)
{
    private static readonly Answer NotUnderstood = new(null, false);

    public static Answer Read(string line, CheckpointView checkpoint)
    {
        var text = line.Trim();
        var space = text.IndexOf(' ');
        var (word, rest) = space < 0 ? (text, null) : (text[..space], text[space..].Trim());
        switch (word.ToLowerInvariant())
        {
            case "":
                return NotUnderstood;
            case "d" or "diff" when rest is null && checkpoint.Diff is not null:
                return new Answer(null, true);
            case "r" or "reject":
                return new Answer(new NewDecision("reject", rest, null, checkpoint.ActionDigest), false);
            case "n" or "no" when !checkpoint.IsQuestion:
                return new Answer(new NewDecision("reject", rest, null, checkpoint.ActionDigest), false);
            case "a" or "approve" or "y" or "yes" when !checkpoint.IsQuestion:
                return new Answer(new NewDecision("approve", rest, null, checkpoint.ActionDigest), false);
            default:
                return checkpoint.IsQuestion ? new Answer(new NewDecision("respond", null, text, checkpoint.ActionDigest), false) : NotUnderstood;
        }
    }
}
