using Navi.Platform.Telemetry.Errors;

namespace Navi.Platform.Tests.Telemetry.Errors;

public sealed class ErrorCursorTests
{
    [Fact]
    public void Text_ReadBack_IsTheSameCursor()
    {
        var cursor = new ErrorCursor(new DateTime(2026, 1, 31, 8, 0, 0, DateTimeKind.Utc).AddTicks(1_234_560), Guid.CreateVersion7());
        Assert.Equal(cursor, ErrorCursor.Of(cursor.Text));
        Assert.Equal(DateTimeKind.Utc, ErrorCursor.Of(cursor.Text)!.Value.LastSeen.Kind);
    }

    [Theory]
    [InlineData("0199f1c2-7d6b-7a51-9851-bc599d97a97c")]
    [InlineData("AAAA")]
    [InlineData("_____________________________________________")]
    [InlineData("________________________________")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA AAAA")]
    public void Of_WhatIsNoCursor_IsNull(string text) => Assert.Null(ErrorCursor.Of(text));
}
