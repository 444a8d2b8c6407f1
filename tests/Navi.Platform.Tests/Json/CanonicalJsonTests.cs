using System.Text.Json.Nodes;
using Navi.Platform.Json;

namespace Navi.Platform.Tests.Json;

public sealed class CanonicalJsonTests
{
    // Numbers of RFC 8785, appendix B.
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("295147905179352830000", "295147905179352830000")]
    [InlineData("9.999999999999997e22", "9.999999999999997e+22")]
    [InlineData("1e23", "1e+23")]
    [InlineData("999999999999999700000", "999999999999999700000")]
    [InlineData("1e21", "1e+21")]
    [InlineData("9.999999999999997e-7", "9.999999999999997e-7")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("333333333.3333332", "333333333.3333332")]
    [InlineData("-0.0000033333333333333333", "-0.0000033333333333333333")]
    [InlineData("1424953923781206.2", "1424953923781206.2")]
    public void Write_NumberOfTheStandard_HasItsForm(string json, string expected) =>
        Assert.Equal(expected, CanonicalJson.Write(JsonNode.Parse(json)));

    [Fact]
    public void Write_Object_SortsMembersByCodeUnitsAndEscapesLittle() =>
        Assert.Equal(
            "{\"\\r\":1,\"1\":[true,null,\"é<\\u000f\\n\\\"\"],\"€\":{},\"😀\":2}",
            CanonicalJson.Write(JsonNode.Parse("{\"😀\":2,\"€\":{},\"1\":[true,null,\"\\u00e9<\\u000F\\n\\\"\"],\"\\r\":1}")));

    [Fact]
    public void Digest_SameMeaningOtherSpelling_IsEqual() =>
        Assert.Equal(CanonicalJson.Digest(JsonNode.Parse("{\"b\":1.0,\"a\":\"\\u0041\"}")), CanonicalJson.Digest(JsonNode.Parse("{ \"a\":\"A\", \"b\":1 }")));
}
