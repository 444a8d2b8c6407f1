namespace Navi.Benchmarks.Tools;

/// <summary>How two sets of definitions agree: path, line and name the same.</summary>
/// <param name="Code">The code base.</param>
/// <param name="Group">types and functions, or values.</param>
/// <param name="Files">How many were read.</param>
/// <param name="Ours">Definitions that NAVI's tools read.</param>
/// <param name="Theirs">Those of ctags.</param>
/// <param name="Both">Those of both.</param>
/// <param name="Seconds">That NAVI took for all groups of the code base.</param>
internal sealed record Score(string Code, string Group, int Files, int Ours, int Theirs, int Both, double Seconds)
{
    /// <summary>Of ours, those that ctags has.</summary>
    public double Precision => Ours == 0 ? 0 : Math.Round((double)Both / Ours, 4);

    /// <summary>Of those of ctags, ours.</summary>
    public double Recall => Theirs == 0 ? 0 : Math.Round((double)Both / Theirs, 4);
}
