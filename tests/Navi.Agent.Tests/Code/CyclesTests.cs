using FsCheck.Xunit;
using Navi.Agent.Code;

namespace Navi.Agent.Tests.Code;

public sealed class CyclesTests
{
    private static List<Dependency> Edges(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(e => new Dependency(e[..1], e[1..]))];

    [Theory]
    [InlineData("ab bc", "")]
    [InlineData("ab ba", "a,b")]
    [InlineData("ab bc ca cd dc", "a,b,c,d")]
    [InlineData("ab ba xy yx", "a,b;x,y")]
    [InlineData("aa", "")]
    [InlineData("ab ac cb bd db", "b,d")]
    public void Of_Graph_NamesItsCircles(string edges, string expected) =>
        Assert.Equal(expected, string.Join(';', Cycles.Of(Edges(edges)).Select(c => string.Join(',', c))));

    // Two parts are in one circle exactly when each can be reached from the other.
    [Property(MaxTest = 300)]
    public bool Of_AnyGraph_IsMutualReach((byte From, byte To)[] pairs)
    {
        var edges = pairs.Select(p => new Dependency($"{p.From % 8}", $"{p.To % 8}")).Distinct().ToList();
        var reach = edges.Select(e => (e.From, e.To)).ToHashSet();
        for (var grown = true; grown;)
            grown = reach.ToList().SelectMany(a => edges.Where(e => e.From == a.To).Select(e => (a.From, e.To))).ToList().Count(reach.Add) > 0;
        var names = Enumerable.Range(0, 8).Select(i => $"{i}").ToList();
        var cycles = Cycles.Of(edges);
        return names.All(a => names.Where(b => b != a).All(b => (reach.Contains((a, b)) && reach.Contains((b, a))) == cycles.Any(c => c.Contains(a) && c.Contains(b))));
    }

    [Fact]
    public void Of_LongChain_NeedsNoRecursion()
    {
        var chain = Enumerable.Range(0, 100_000).Select(i => new Dependency($"{i}", $"{i + 1}")).Append(new("100000", "0")).ToList();
        Assert.Equal(100_001, Assert.Single(Cycles.Of(chain)).Count);
    }
}
