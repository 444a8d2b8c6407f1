using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Navi.Portable.Durable.Tests.Support;

/// <summary>Runs the test twice: with orchestrators kept in memory between turns, and with each rebuilt from its history every turn.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BothModesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow<int>(1000), new TheoryDataRow<int>(0)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
