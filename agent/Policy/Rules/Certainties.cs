namespace Navi.Agent.Policy.Rules;

/// <summary>Three-valued logic over <see cref="Certainty"/>.</summary>
internal static class Certainties
{
    public static Certainty Of(bool value) => value ? Certainty.Yes : Certainty.No;

    public static Certainty And(this Certainty left, Certainty right) => left < right ? left : right;

    public static Certainty Not(this Certainty value) => Certainty.Yes - (int)value;

    /// <summary>Some item satisfies the condition.</summary>
    public static Certainty Any<T>(this IEnumerable<T> items, Func<T, Certainty> condition)
    {
        var best = Certainty.No;
        foreach (var item in items)
        {
            var one = condition(item);
            if (one == Certainty.Yes)
                return one;
            best = one > best ? one : best;
        }
        return best;
    }

    /// <summary>Every item satisfies the condition.</summary>
    public static Certainty All<T>(this IEnumerable<T> items, Func<T, Certainty> condition) => items.Any(i => condition(i).Not()).Not();
}
