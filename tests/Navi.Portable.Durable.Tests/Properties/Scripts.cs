using FsCheck;
using FsCheck.Fluent;

namespace Navi.Portable.Durable.Tests.Properties;

/// <summary>Makes random scripts; smaller ones are tried when one fails.</summary>
public static class Scripts
{
    public static Arbitrary<Script> Any()
    {
        var value = Gen.Choose(0, 30);
        var simple = from kind in Gen.Elements("activity", "activity", "timer", "race") from number in value select new Instruction(kind, number, []);
        var activity = value.Select(number => new Instruction("activity", number, []));
        var all = activity.ListOf().Resize(4).Select(parts => new Instruction("all", 0, [.. parts]));
        var sub = Gen.OneOf(simple, all).ListOf().Resize(3).Select(parts => new Instruction("sub", 0, [.. parts]));
        var waiting = value.Select(number => new Instruction("event", number, []));
        var again = Gen.Constant(new Instruction("again", 0, []));
        var step = Gen.Frequency((4, simple), (2, all), (2, sub), (3, waiting), (1, again));
        return Arb.From(step.ListOf().Resize(8).Select(steps => new Script([.. steps])), Shrink);
    }

    private static IEnumerable<Script> Shrink(Script script) =>
        Enumerable.Range(0, script.Steps.Length).Select(without => new Script([.. script.Steps.Where((_, index) => index != without)]));
}
