using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Navi.Portable.Durable.Tests.Support;

/// <summary>
/// Runs the test twice: with orchestrators kept in memory between turns, and with each rebuilt from its history every turn;
/// with values, twice for each of them.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BothModesAttribute(params object[] values) : DataAttribute
{
    private static readonly int[] Sticky = [1000, 0];

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) => new(values.Length == 0
        ? [.. Sticky.Select(sticky => new TheoryDataRow(sticky))]
        : [.. values.SelectMany(value => Sticky.Select(sticky => new TheoryDataRow(sticky, value)))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
