package io.quarkiverse.tokenstorage.sops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;

class KmsKeyTest {

    /** Left what a file says, right what sops takes for the identity of the key. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
            "{'arn':'A'}; A",
            "{'arn':'A','role':'','aws_profile':'','context':null}; A",
            "{'arn':'A','context':{}}; A",
            "{'arn':'A','role':'R'}; A+R",
            "{'arn':'A','aws_profile':'p'}; A||p",
            "{'arn':'A','role':'R','aws_profile':'p','context':{'b':'2','a':'1'}}; A+R|a:1,b:2|p",
            "{'arn':'A','context':{'b':2,'a':true}}; A|a:1,b:2",
            "{'arn':'A','context':{'\uFF5E':'1','\uD83D\uDE00':'2'}}; A|\uFF5E:1,\uD83D\uDE00:2",
            "{'ARN':'A','Aws_Profile':'p'}; A||p" })
    void isNamedAsSopsNamesIt(String fields, String identity) {
        assertThat(key(fields).identity()).isEqualTo(identity);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'arn':['A']}", "{'arn':'A','context':['a']}", "{'arn':'A','context':{'a':{}}}",
            "{'arn':'A','context':'a:b'}", "{'arn':'A','role':{}}" })
    void refusesFieldsOfWrongTypes(String fields) {
        assertThatThrownBy(() -> key(fields)).isInstanceOf(DamagedDocumentException.class).hasMessageStartingWith("here.");
    }

    @ParameterizedTest
    @CsvSource({
            "arn:aws:kms:us-west-2:107501996527:key/612d5f0p-p1l3-45e6-aca6-a5b005693a48, us-west-2",
            "arn:aws:kms:eu-central-1:1:alias/tokens/of mine, eu-central-1",
            "arn:aws-cn:kms:cn-north-1:1:key/x, cn-north-1",
            "arn:aws-us-gov:kms:us-gov-west-1:1:key/mrk-1, us-gov-west-1" })
    void takesItsRegionFromTheArn(String arn, String region) {
        assertThat(key("{'arn':'" + arn + "'}").region()).contains(region);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "alias/tokens", "arn:aws:kms:eu-west-1:1:key/", "arn:aws:kms::1:key/x",
            "arn:aws:s3:eu-west-1:1:key/x", "arn:aws:kms:eu-west-1:a:key/x", "x arn:aws:kms:eu-west-1:1:key/x",
            "arn:aws:kms:evil.example/:1:key/x", "arn:aws:kms:eu-west-1:1:grant/x", "arn:aws:kms:eu-west-1@evil:1:key/x",
            "arn:aws:kms:-:1:key/x", "arn:aws:kms:a-:1:key/x", "arn:aws:kms:-a:1:key/x", "arn:aws:kms:a--b:1:key/x",
            "arn:aws:kms:a2345678901234567890123456789012345678901234567890123456789012345:1:key/x" })
    void hasNoRegionWithoutAnArn(String arn) {
        assertThat(key("{'arn':'" + arn + "'}").region()).isEmpty();
    }

    @Test
    void theLastOfEqualNamesCounts() {
        assertThat(key("{'arn':'A','context':{'a':'1','a':'2'}}").identity()).isEqualTo("A|a:2");
    }

    private static KmsKey key(String fields) {
        return KmsKey.of(JsonReader.read(fields.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "fields"), "here");
    }
}
